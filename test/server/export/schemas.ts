/** What the formats for models and programs prescribe, written from their documents; checked by a validator that knows nothing of Daybook. */

import { Ajv, type ValidateFunction } from 'ajv';
import assert from 'node:assert/strict';

const ajv = new Ajv({ allErrors: true, strict: true, allowUnionTypes: true, strictRequired: false });

const string = { type: 'string' };
const filled = { type: 'string', minLength: 1 };
const integer = { type: 'integer', minimum: 0 };

function object(properties: object, required: readonly string[] = Object.keys(properties)): object {
  return { type: 'object', properties, required, additionalProperties: false };
}

/** https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/cloudevents.json, with what Daybook always has. */
const cloudEvent = {
  type: 'object',
  properties: {
    specversion: { const: '1.0' }, id: filled, source: filled, type: { type: 'string', pattern: '^dev\\.daybook\\.' },
    time: { type: 'string', pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z$' }, subject: string, data: {},
  },
  required: ['specversion', 'id', 'source', 'type', 'time', 'data'],
  propertyNames: { pattern: '^[a-z0-9]+$' },
};

const tool = {
  type: 'object',
  properties: {
    type: { const: 'function' },
    function: {
      type: 'object',
      properties: { name: { type: 'string', pattern: '^[a-zA-Z0-9_-]{1,64}$' }, parameters: { type: 'object', properties: { type: { const: 'object' }, properties: { type: 'object' } }, required: ['type', 'properties'] } },
      required: ['name', 'parameters'],
    },
  },
  required: ['type', 'function'],
  additionalProperties: false,
};
const name = { type: 'string', pattern: '^[a-zA-Z0-9_-]{1,64}$' };

/** Chat completions, as the guide of supervised fine-tuning has them. */
const openai = object({
  messages: {
    type: 'array', minItems: 2,
    items: {
      oneOf: [
        object({ role: { enum: ['system', 'developer', 'user'] }, content: filled }),
        object({ role: { const: 'assistant' }, content: filled, weight: { enum: [0, 1] } }, ['role', 'content']),
        object({
          role: { const: 'assistant' }, content: { type: ['string', 'null'] }, weight: { enum: [0, 1] },
          tool_calls: { type: 'array', minItems: 1, items: object({ id: filled, type: { const: 'function' }, function: object({ name, arguments: string }) }) },
        }, ['role', 'content', 'tool_calls']),
        object({ role: { const: 'tool' }, tool_call_id: filled, content: string }),
      ],
    },
  },
  tools: { type: 'array', minItems: 1, items: tool },
  parallel_tool_calls: { type: 'boolean' },
}, ['messages']);

/** https://github.com/hiyouga/LLaMA-Factory/blob/main/data/README.md */
const sharegpt = object({
  conversations: { type: 'array', minItems: 2, items: object({ from: { enum: ['human', 'gpt', 'function_call', 'observation'] }, value: string }) },
  system: string, tools: filled,
}, ['conversations']);

const alpaca = object({
  instruction: filled, input: string, output: filled, system: string,
  history: { type: 'array', minItems: 1, items: { type: 'array', items: filled, minItems: 2, maxItems: 2 } },
}, ['instruction', 'input', 'output']);

/** https://huggingface.co/docs/trl/dataset_formats */
const trlMessage = {
  oneOf: [
    object({ role: { enum: ['system', 'user'] }, content: filled }),
    object({
      role: { const: 'assistant' }, content: string, thinking: filled,
      tool_calls: { type: 'array', minItems: 1, items: object({ type: { const: 'function' }, function: object({ name, arguments: { type: 'object' } }) }) },
    }, ['role', 'content']),
    object({ role: { const: 'tool' }, name, content: string }),
  ],
};
const trlMessages = { type: 'array', minItems: 1, items: trlMessage };
const labelKinds = ['call-replaced', 'answer-taken-back', 'command-fixed', 'command-fixed-by-command', 'edit-kept', 'edit-changed', 'edit-reverted', 'tests-passed', 'tests-failed', 'call-accepted', 'call-rejected'];
const labels = { type: 'array', items: object({ kind: { enum: labelKinds }, records: { type: 'array', items: filled, minItems: 1 } }) };
const conversational = object({ messages: { ...trlMessages, minItems: 2 }, tools: { type: 'array', items: tool }, labels }, ['messages', 'tools']);
const preference = object({ prompt: trlMessages, chosen: trlMessages, rejected: trlMessages, tools: { type: 'array', items: tool }, labels: { ...labels, minItems: 1, maxItems: 1 } });
/** https://huggingface.co/docs/trl/dataset_formats#unpaired-preference */
const unpaired = object({ prompt: trlMessages, completion: trlMessages, label: { type: 'boolean' }, tools: { type: 'array', items: tool }, labels: { ...labels, minItems: 1, maxItems: 1 } });
const label = object({ session: filled, label: { enum: labelKinds }, reward: { enum: [-1, 0, 1] }, records: { type: 'array', items: filled, minItems: 1 } });
const promptCompletion = object({ prompt: trlMessages, completion: trlMessages, tools: { type: 'array', items: tool } });

const edit = { path: string, language: string, actor: { type: ['string', 'null'] }, record: filled };
const nextEdit = object({ events: string, input: string, output: string, ...edit, missing: integer });
const fillInTheMiddle = object({ prefix: string, middle: filled, suffix: string, ...edit });

/** ATIF v1.7, from the tables of its RFC; what must agree between fields is checked by `checkTrajectory`. */
const extra = { type: 'object' };
const atifStep = {
  oneOf: [
    object({ step_id: integer, timestamp: filled, source: { enum: ['user', 'system'] }, message: string, is_copied_context: { type: 'boolean' }, extra }, ['step_id', 'source', 'message']),
    object({
      step_id: integer, timestamp: filled, source: { const: 'agent' }, message: string, model_name: filled, reasoning_effort: { type: ['string', 'number'] }, reasoning_content: filled,
      tool_calls: { type: 'array', items: object({ tool_call_id: filled, function_name: filled, arguments: { type: 'object' }, extra }, ['tool_call_id', 'function_name', 'arguments']) },
      observation: object({ results: { type: 'array', minItems: 1, items: object({ source_call_id: filled, content: string }) } }),
      metrics: object({ prompt_tokens: integer, completion_tokens: integer, cached_tokens: integer, cost_usd: { type: 'number' }, extra }, []),
      llm_call_count: integer, is_copied_context: { type: 'boolean' }, extra,
    }, ['step_id', 'source', 'message']),
  ],
};
const atif = object({
  schema_version: { const: 'ATIF-v1.7' }, session_id: filled, trajectory_id: filled,
  agent: object({ name: filled, version: filled, model_name: filled, tool_definitions: { type: 'array' }, extra }, ['name', 'version']),
  steps: { type: 'array', minItems: 1, items: atifStep }, notes: string,
  final_metrics: object({ total_prompt_tokens: integer, total_completion_tokens: integer, total_cached_tokens: integer, total_cost_usd: { type: 'number' }, total_steps: integer, extra }, []),
  extra,
}, ['schema_version', 'agent', 'steps']);

/** https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
const nanos = { type: 'string', pattern: '^[1-9]\\d{17,18}$' };
const anyValue = {
  oneOf: [
    object({ stringValue: string }), object({ boolValue: { type: 'boolean' } }), object({ intValue: { type: 'string', pattern: '^-?\\d+$' } }), object({ doubleValue: { type: 'number' } }),
    object({ arrayValue: object({ values: { type: 'array', items: object({ stringValue: string }) } }) }),
  ],
};
const keyValues = { type: 'array', items: object({ key: filled, value: anyValue }) };
const otlp = object({
  resourceSpans: {
    type: 'array', minItems: 1,
    items: object({
      resource: object({ attributes: keyValues }),
      scopeSpans: {
        type: 'array', minItems: 1,
        items: object({
          scope: object({ name: filled }),
          spans: {
            type: 'array', minItems: 1,
            items: object({
              traceId: { type: 'string', pattern: '^[0-9a-f]{32}$' }, spanId: { type: 'string', pattern: '^[0-9a-f]{16}$' }, parentSpanId: { type: 'string', pattern: '^[0-9a-f]{16}$' },
              name: filled, kind: { enum: [1, 2, 3, 4, 5] }, startTimeUnixNano: nanos, endTimeUnixNano: nanos, attributes: keyValues,
              status: object({ code: { enum: [0, 1, 2] }, message: string }, ['code']),
            }, ['traceId', 'spanId', 'name', 'kind', 'startTimeUnixNano', 'endTimeUnixNano', 'attributes']),
          },
        }),
      },
    }),
  },
});

/** gen-ai-input-messages.json and gen-ai-output-messages.json of the GenAI conventions, the parts that Daybook uses. */
const parts = {
  type: 'array', minItems: 1,
  items: {
    oneOf: [
      object({ type: { enum: ['text', 'reasoning'] }, content: string }),
      object({ type: { const: 'tool_call' }, id: filled, name: filled, arguments: {} }),
      object({ type: { const: 'tool_call_response' }, id: filled, response: {} }),
    ],
  },
};
const genAiMessages = { type: 'array', items: object({ role: { enum: ['system', 'user', 'assistant', 'tool'] }, parts }) };

const schemas = { cloudEvent, openai, sharegpt, alpaca, conversational, promptCompletion, preference, unpaired, label, nextEdit, fillInTheMiddle, atif, otlp, genAiMessages };
const compiled = new Map<string, ValidateFunction>();

/** Fails with what is wrong and where. */
export function checkSchema(schema: keyof typeof schemas, value: unknown): void {
  const validate = compiled.get(schema) ?? ajv.compile(schemas[schema]);
  compiled.set(schema, validate);
  assert.ok(validate(value), `${schema}: ${ajv.errorsText(validate.errors)} in ${JSON.stringify(value).slice(0, 1_000)}`);
}
