#include "suites/chapters.h"
#include "suites/endpoint_expect.h"
#include "suites/endpoint_questions.h"
#include "suites/probes_endpoint.h"
#include "suites/standing_on.h"

namespace touchstone {
namespace {

std::optional<Text> no_service(const Evidence& group) {
  if (group.profile().service_expected) return std::nullopt;
  return Text{"配置档不要求服务在运行(service_expected: false)",
              "no service is meant to run (service_expected: false)"};
}

// All are about the master of a group, whose configuration says where its endpoints are.
Step of_endpoint(Step step) {
  step.on = Scope::kGroup;
  step.of_master = true;
  step.probes = {kEndpointConfig};
  step.expect = [expect = std::move(step.expect)](const Evidence& group) {
    (void)group.master()[kEndpointConfig];  // else nothing could be asked, and this is why
    expect(group);
  };
  step.not_applicable = no_service;
  step.remedy = {.risk = Risk::kHands,
                 .text = {"按结论查看服务日志与配置,必要时在所有主机上一起重启服务",
                          "look at the service's log and configuration; restart the service on "
                          "all hosts together"}};
  return standing_on({"4.2.1", "6.2.1", "6.3.4"}, std::move(step));
}

}  // namespace

Chapter endpoints() {
  Chapter chapter{.id = "6.4",
                  .title = {"服务接口", "The endpoints of the service"},
                  .later = {ask_the_endpoints(), measure_the_endpoints()}};
  chapter.step(of_endpoint(
      {.id = "6.4.1",
       .name = "GenerateAnswers",
       .title = {"POST / 应答指南的请求", "POST / answers the guide's request"},
       .requirement = {"状态 200,generated_text 非空(数组或对象)",
                       "200 with a generated_text that is not empty, in an array or an object"},
       .place = "6.4, instruction 2",
       .expect = expect_tgi}));
  chapter.step(of_endpoint({.id = "6.4.2",
                            .name = "ChatAnswers",
                            .title = {"POST /v1/chat/completions 应答指南的请求",
                                      "POST /v1/chat/completions answers the guide's request"},
                            .requirement = {"状态 200,消息非空(reasoning_content 亦可),模型名为 "
                                            "modelName,usage 合理,finish_reason 为 "
                                            "stop 或 length",
                                            "200 with a message (reasoning_content counts), the "
                                            "configured model's name, a sane usage "
                                            "and finish_reason stop or length"},
                            .place = "6.4, instruction 22",
                            .expect = expect_chat}));
  chapter.step(of_endpoint(
      {.id = "6.4.3",
       .name = "StreamsEnd",
       .title = {"两种接口的流式应答完整", "Both endpoints stream an answer to its end"},
       .requirement = {"TGI 流以含 generated_text 的事件结束,OpenAI 流以 [DONE] 结束,片段拼成应答",
                       "TGI's stream ends with an event that has generated_text, OpenAI's with "
                       "[DONE]; the pieces "
                       "make an answer"},
       .place = "beyond the guide",
       .expect = expect_streams}));
  chapter.step(of_endpoint(
      {.id = "6.4.4",
       .name = "HealthAndErrors",
       .title = {"健康检查正常,错误请求得到错误",
                 "The service is healthy, and wrong requests get an error"},
       .requirement = {"主节点的健康与就绪接口应答 200;未知模型与损坏的请求体得到错误而不是挂起",
                       "The master's health and readiness answer 200; an unknown model and a "
                       "broken body get an "
                       "error and not a hang"},
       .place = "beyond the guide",
       .expect = expect_health_and_errors}));
  chapter.step(of_endpoint(
      {.id = "6.4.5",
       .name = "SameAnswerTwice",
       .title = {"温度为 0 时同一问题得到同一应答",
                 "At temperature 0 the same question gets the same answer"},
       .requirement =
           {"空闲服务上连问两次,应答逐字相同(HCCL_DETERMINISTIC)",
            "Asked twice of an idle service, the answers are the same (HCCL_DETERMINISTIC)"},
       .place = "beyond the guide",
       .stands_on = {"6.4.2"},
       .expect = expect_the_same_answer}));
  chapter.step(of_endpoint(
      {.id = "6.4.6",
       .name = "FastEnough",
       .title = {"首个 token 时延、每 token 时延与吞吐在限度内",
                 "Time to first token, time per token and throughput are within their limits"},
       .requirement =
           {"并行请求全部得到应答,百分位数在配置档的限度之内",
            "All parallel requests are answered, and percentiles lie within the profile's limits"},
       .place = "beyond the guide",
       .stands_on = {"6.4.2", "6.4.3"},
       .expect = expect_performance}));
  return chapter;
}

}  // namespace touchstone
