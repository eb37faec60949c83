#include "harness/parse/processes.h"
#include "harness/parse/service_answers.h"
#include "tests/parse/expect.h"

namespace touchstone {
namespace {

constexpr std::string_view kClock = "btime 1790000000\nticks 100\n";

std::string process(int pid, int parent, const std::string& exe, const std::string& comm,
                    const std::string& cmdline, long start = 250000) {
  const std::string id = std::to_string(pid);
  return "process " + id + "\nexe " + exe + "\ncomm " + comm + "\ncmdline " + cmdline + "\nstat " +
         id + " (" + comm + ") S " + std::to_string(parent) +
         " 1 1 0 -1 1 1 0 0 0 1 1 0 0 20 0 96 0 " + std::to_string(start) + " 7 7 7\n";
}

ServiceProcesses processes(const std::string& text) {
  return taken(parse_service_processes(std::string(kClock) + text + "end\n", ""));
}

const std::string kDaemon =
    "/usr/local/Ascend/mindie/latest/mindie-service/bin/mindieservice_daemon";

TEST(ServiceProcesses, DaemonIsTheOneThatIsNoChildOfAnother) {
  // The tokenizers are forks of the daemon: same program, same name.
  const auto all = processes(process(470, 418, kDaemon, "mindieservice_d", "./bin/x") +
                             process(418, 1, kDaemon, "mindieservice_d", "./bin/x"));
  ASSERT_NE(all.daemon(), nullptr);
  EXPECT_EQ(all.daemon()->pid, 418);
  EXPECT_TRUE(all.workers().empty());
}

TEST(ServiceProcesses, DaemonIsKnownByItsProgramWhateverItCallsItself) {
  EXPECT_NE(processes(process(7, 1, kDaemon + " (deleted)", "main", "x")).daemon(), nullptr);
  EXPECT_EQ(processes(process(7, 1, "/bin/vi", "mindieservice_d", "x")).daemon(), nullptr);
  EXPECT_EQ(processes("").daemon(), nullptr) << "nothing runs: an answer, too";
}

TEST(ServiceProcesses, WorkersTellTheirNpu) {
  const auto all = processes(
      process(9, 1, "/usr/bin/python3.11", "mindie_llm_back", "python3\tx\t--npu_device_id\t5\t") +
      process(10, 1, "/x/mindie_llm_backend_connector", "mindie_llm_back", "x\t"));
  ASSERT_EQ(all.workers().size(), 2U);
  EXPECT_EQ(all.workers()[0]->npu(), 5);
  EXPECT_EQ(all.workers()[1]->npu(), std::nullopt);
}

TEST(ServiceProcesses, StartIsBootTimeAndTicks) {
  EXPECT_DOUBLE_EQ(processes(process(7, 1, kDaemon, "a) b (c", "x", 150)).daemon()->started,
                   1790000001.5)
      << "the name may hold brackets and blanks";
}

TEST(ServiceProcesses, RefusesWhatIsNotWhole) {
  const std::string one = process(7, 1, kDaemon, "m", "x");
  for (const std::string& text :
       {std::string(kClock) + one, one + "end\n", std::string(kClock) + "process 7\nexe x\nend\n",
        std::string("btime 1\nticks 0\nend\n"),
        std::string(kClock) + "process 7\nstat 7 (x S 1\nend\n"})
    EXPECT_FALSE(parse_service_processes(text, "").ok()) << text;
}

TEST(ProcessEnvironment, OneVariableALine) {
  const auto all = taken(parse_process_environment("A=1\nB=x=y\nC=one\vtwo\nrubbish\n=\n", ""));
  EXPECT_EQ(all.variables,
            (std::map<std::string, std::string>{{"A", "1"}, {"B", "x=y"}, {"C", "one\ntwo"}}));
  expect_refused(parse_process_environment("", ""), Kind::kNotSet, "no such process");
}

TEST(Listening, TakesTheFormsOfSs) {
  const auto with_state = taken(
      parse_listening("State   Recv-Q  Send-Q   Local Address:Port   Peer Address:Port Process\n"
                      "LISTEN  0       4096   127.0.0.53%lo:53          0.0.0.0:*\n"
                      "LISTEN  0       128                *:1025              *:*\n",
                      ""));
  EXPECT_TRUE(with_state.on("127.0.0.53", 53));
  EXPECT_TRUE(with_state.on("10.0.0.1", 1025)) << "any address";
  EXPECT_FALSE(with_state.on("10.0.0.1", 53));
  const auto without = taken(parse_listening("0      128    10.0.0.1:1026     0.0.0.0:*\n", ""));
  EXPECT_TRUE(without.on("10.0.0.1", 1026));
  EXPECT_FALSE(parse_listening("bash: ss: command not found\n", "").ok());
}

TEST(ServicePorts, AreThoseOfTheirSections) {
  const auto ports = taken(parse_service_ports(
      R"({"ServerConfig": {"port": 1025, "managementIpAddress": "127.0.0.2", "httpsEnabled": true},
          "BackendConfig": {"multiNodesInferPort": 1120, "port": 9}})",
      ""));
  EXPECT_EQ(ports.port, 1025);
  EXPECT_EQ(ports.nodes_port, 1120);
  EXPECT_EQ(ports.management_port, std::nullopt);
  EXPECT_EQ(ports.management_address, "127.0.0.2");
  EXPECT_TRUE(ports.https);
  EXPECT_FALSE(parse_service_ports("{}", "").ok());
  EXPECT_FALSE(parse_service_ports("{\"ServerConfig\": {} # x\n}", "").ok());
}

TEST(Knock, TellsConnectionAndAnswerApart) {
  const auto silent =
      taken(parse_knock("to a:1\nby curl\ncode 28\nconnected yes\nstatus 000\n", ""));
  EXPECT_TRUE(silent.connected);
  EXPECT_EQ(silent.status, std::nullopt);
  EXPECT_FALSE(parse_knock("to a:1\nby curl\nconnected yes\n", "").ok()) << "no code";
  EXPECT_FALSE(parse_knock("to a:1\nby curl\ncode 0\nconnected perhaps\n", "").ok());
}

TEST(ServiceLog, TellsOfEachFileWhatItSaysLastOfAStart) {
  const auto log = taken(parse_service_log(
      "files 3\nsuccess 1\nlog 1790000000 success mindie-server_418.log\n"
      "log 1790000100 failure mindie-server_500.log\nlog 1790000200 nothing output.log\n"
      "error bad\nerror worse\n",
      ""));
  ASSERT_EQ(log.logs.size(), 3u);
  EXPECT_EQ(log.logs[0].last, ServiceLog::Last::kSuccess);
  EXPECT_EQ(log.logs[0].modified, 1790000000);
  EXPECT_EQ(log.logs[1].last, ServiceLog::Last::kFailure);
  EXPECT_EQ(log.logs[2].name, "output.log");
  EXPECT_EQ(log.errors, "bad; worse");
  EXPECT_TRUE(taken(parse_service_log("files 0\nsuccess 0\n", "")).logs.empty());
  for (const char* wrong : {"log 1790000000 perhaps a.log", "log soon success a.log",
                            "log 1 success", "log 1790000000 success a.log b"})
    EXPECT_FALSE(parse_service_log("files 1\nsuccess 1\n" + std::string(wrong) + "\n", ""))
        << wrong;
  EXPECT_FALSE(parse_service_log("files 1\n", "")) << "a part is missing";
}

}  // namespace
}  // namespace touchstone
