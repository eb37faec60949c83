#include "tests/parse/samples.h"

namespace touchstone {

std::map<std::string_view, std::string> container_samples() {
  return {
      {"docker-container",
       R"([{"Id": "0c1d", "State": {"Status": "running", "Running": true, "Paused": false,
"ExitCode": 0}, "Image": "sha256:7e5d", "Name": "/mindie", "HostConfig": {"NetworkMode": "host",
"IpcMode": "private", "Privileged": true, "ShmSize": 536870912000, "Runtime": "ascend",
"Devices": [{"PathOnHost": "/dev/davinci0", "PathInContainer": "/dev/davinci0",
"CgroupPermissions": "rwm"}]}, "Mounts": [{"Type": "bind", "Source": "/data",
"Destination": "/data", "Mode": "", "RW": true, "Propagation": "rprivate"}],
"Config": {"Env": ["ASCEND_VISIBLE_DEVICES=0-7"], "Image": "mindie:2.0.T3"}}])"
       "\n"},
      {"docker-image",
       R"([{"Id": "sha256:7e5d", "RepoTags": ["mindie:2.0.T3"], "RepoDigests": [],
"Architecture": "arm64", "Os": "linux", "Size": 15032385536}])"
       "\n"},
      {"docker-ps", "mindie|Up 2 days|mindie:2.0.T3\nold|Exited (137) 3 weeks ago|7e5d2f0a9c4b\n"},
      {"docker-images", "mindie:2.0.T3|7e5d2f0a9c4b\n<none>:<none>|0123456789ab\n"},
      {"ascend-version",
       "    Ascend-cann-atb : 8.0.T63\n    Ascend-cann-atb Version : 8.0.T63.B020\n"
       "    Platform : aarch64\n"},
      {"device-nodes",
       "total 0\ncrw-rw---- 1 root root 236, 0 Mar 26 08:00 davinci0\n"
       "drwxrwxrwt 2 root root 40 Mar 26 08:00 shm\n"},
      {"seen-paths", "/data\n/usr/local/Ascend/driver\n"},
      {"proxy-variables", "HOME=/root\nhttp_proxy=http://10.0.0.1:3128\nPATH=/usr/bin\n"},
  };
}

}  // namespace touchstone
