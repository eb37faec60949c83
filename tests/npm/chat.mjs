// Asks an OpenAI-compatible service as its own client library does: the models, one answer, the same
// as a stream, an unknown model. Prints one JSON object. Usage: node chat.mjs BASE_URL MODEL
import OpenAI from 'openai';

const [baseURL, model] = process.argv.slice(2);
const client = new OpenAI({ baseURL, apiKey: 'none', maxRetries: 0, timeout: 20000 });
const question = {
  model,
  messages: [{ role: 'user', content: '介绍下杭州西湖' }],
  max_tokens: 512,
  temperature: 0,
};

const models = [];
for await (const one of client.models.list()) models.push(one.id);

const whole = await client.chat.completions.create(question);
const { message, finish_reason } = whole.choices[0];

let pieces = 0, content = '', reasoning = '', finish = null;
for await (const chunk of await client.chat.completions.create({ ...question, stream: true })) {
  const choice = chunk.choices[0];
  pieces += 1;
  content += choice.delta.content ?? '';
  reasoning += choice.delta.reasoning_content ?? '';
  finish = choice.finish_reason ?? finish;
}

const text = await client.completions.create({ model, prompt: 'Hello', max_tokens: 3 });

let refused = null;
try {
  await client.chat.completions.create({ ...question, model: 'nobody' });
} catch (error) {
  refused = error.status;
}

console.log(JSON.stringify({
  models, pieces, finish, refused, finish_reason,
  same: content === message.content && reasoning === message.reasoning_content,
  content: message.content,
  usage: whole.usage,
  completion: text.choices[0].finish_reason,
}));
