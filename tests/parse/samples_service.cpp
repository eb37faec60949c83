#include "tests/parse/samples.h"

namespace touchstone {

std::map<std::string_view, std::string> service_samples() {
  return {
      {"service-processes",
       "btime 1790000000\nticks 100\nprocess 418\n"
       "exe /usr/local/Ascend/mindie/2.0.T3/mindie-service/bin/mindieservice_daemon\n"
       "comm mindieservice_d\ncmdline ./bin/mindieservice_daemon\t\n"
       "stat 418 (mindieservice_d) S 1 418 418 0 -1 4194560 9 0 0 0 1 1 0 0 20 0 96 0 250000 1 1\n"
       "process 458\nexe /usr/bin/python3.11\ncomm mindie_llm_back\n"
       "cmdline /usr/bin/python3\t/usr/local/bin/mindie_llm_backend\t--npu_device_id\t0\t\n"
       "stat 458 (mindie_llm_back) S 418 418 418 0 -1 1 9 0 0 0 1 1 0 0 20 0 96 0 250900 1 "
       "1\nend\n"},
      {"listening",
       "State  Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n"
       "LISTEN 0      128    192.168.0.20:1025  0.0.0.0:*\n"
       "LISTEN 0      128    [::]:22            [::]:*\n"},
      {"knock",
       "to 192.168.0.20:1026\nby curl\ncode 0\nconnected yes\nstatus 503\nmessage\nbody\n"},
      {"service-log",
       "files 1\nsuccess 1\nlog 1790000000 failure mindie-server_418.log\nerror Failed to init "
       "endpoint!\n"},
  };
}

}  // namespace touchstone
