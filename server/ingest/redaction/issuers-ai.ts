/** Keys of model providers and of services around them. */

import { token } from './rule.ts';
import type { Rule } from './rule.ts';

const r = String.raw;

export const aiRules: readonly Rule[] = [
  token('anthropic-key', 'Anthropic key', ['sk-ant-'], r`sk-ant-[a-z]{3,8}[0-9]{2}-[A-Za-z0-9_-]{20,}`),
  token('openrouter-key', 'OpenRouter key', ['sk-or-'], r`sk-or-(?:v1-)?[a-f0-9]{40,}`),
  token('langfuse-key', 'Langfuse secret key', ['sk-lf-'], r`sk-lf-[a-f0-9]{8}-[a-f0-9-]{20,}`),
  token(
    'openai-key',
    'OpenAI key',
    ['sk-proj-', 'sk-svcacct-', 'sk-admin-', 'sk-none-'],
    r`sk-(?:proj|svcacct|admin|None)-[A-Za-z0-9_-]{20,}`,
  ),
  // A digit tells a key from the class name of a style sheet.
  token('sk-key', 'Key of OpenAI and of providers that took over its format', ['sk-'], r`sk-(?=[A-Za-z]{0,40}[0-9])[A-Za-z0-9]{20,}`),
  token('huggingface-token', 'Hugging Face token', ['hf_', 'api_org_'], r`(?:hf|api_org)_[A-Za-z0-9]{30,}`),
  token('groq-key', 'Groq key', ['gsk_'], r`gsk_[A-Za-z0-9]{40,}`),
  token('replicate-token', 'Replicate token', ['r8_'], r`r8_[A-Za-z0-9]{37,}`),
  token('xai-key', 'xAI key', ['xai-'], r`xai-[A-Za-z0-9]{60,}`),
  token('perplexity-key', 'Perplexity key', ['pplx-'], r`pplx-[A-Za-z0-9]{40,}`),
  token('fireworks-key', 'Fireworks key', ['fw_'], r`fw_(?=[A-Za-z]{0,22}[0-9])[A-Za-z0-9]{22,}`),
  token('nvidia-key', 'NVIDIA API key', ['nvapi-'], r`nvapi-[A-Za-z0-9_-]{50,}`),
  token('langsmith-key', 'LangSmith key', ['lsv2_'], r`lsv2_(?:pt|sk)_[a-f0-9]{32}_[a-f0-9]{8,}`),
  token('pinecone-key', 'Pinecone key', ['pcsk_'], r`pcsk_[A-Za-z0-9_]{40,}`),
  token('cerebras-key', 'Cerebras key', ['csk-'], r`csk-[a-z0-9]{40,}`),
  token('together-key', 'Together key', ['tgp_v1_'], r`tgp_v1_[A-Za-z0-9_-]{30,}`),
  token('jina-key', 'Jina key', ['jina_'], r`jina_[A-Za-z0-9_-]{40,}`),
  token('tavily-key', 'Tavily key', ['tvly-'], r`tvly-(?:dev-|prod-)?(?=[A-Za-z]{0,24}[0-9])[A-Za-z0-9-]{24,}`),
  token('elevenlabs-key', 'ElevenLabs key', ['sk_'], r`sk_[a-f0-9]{48}(?![A-Za-z0-9])`),
  token('e2b-key', 'E2B key', ['e2b_'], r`e2b_[a-f0-9]{40,}`),
  token('wandb-key', 'Weights & Biases key', ['wandb_v1_'], r`wandb_v1_[A-Za-z0-9_]{40,}`),
];
