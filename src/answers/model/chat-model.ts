import { BaseChatModel, type BaseChatModelCallOptions } from "@langchain/core/language_models/chat_models";
import { AIMessage, type BaseMessage } from "@langchain/core/messages";
import type { ChatResult } from "@langchain/core/outputs";
import { z } from "zod";
import { AppError } from "../../core/errors.ts";
import type { Tokens } from "./budget.ts";

/** An OpenAI-compatible server: OpenAI, vLLM, llama.cpp, LM Studio, Ollama below /v1 and others. */
export interface ChatServer {
  /** Without a slash at its end; /chat/completions is below it. */
  readonly baseUrl: string;
  readonly model: string;
  readonly apiKey: string | undefined;
}

/** The form that an answer has to have. */
export interface AnswerForm {
  readonly name: string;
  readonly schema: Readonly<Record<string, unknown>>;
}

interface CallOptions extends BaseChatModelCallOptions {
  readonly form?: AnswerForm;
  readonly mostTokens?: number;
}

const Completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullish() }) })).min(1),
  usage: z.object({ prompt_tokens: z.number().int().nonnegative(), completion_tokens: z.number().int().nonnegative() }).nullish(),
});

/** What the server counted; undefined where it counts nothing. */
function usedTokens({ usage }: z.output<typeof Completion>): Tokens | undefined {
  return usage == null ? undefined : { input: usage.prompt_tokens, output: usage.completion_tokens };
}

const roles: Readonly<Record<string, string>> = { system: "system", human: "user", ai: "assistant" };

/** LangChain asks for a class. It never sends anything twice and never follows a redirect, which could carry the key away. */
class OpenAiCompatibleChat extends BaseChatModel<CallOptions> {
  readonly #server: ChatServer;

  constructor(server: ChatServer) {
    super({ maxRetries: 0 });
    this.#server = server;
  }

  override _llmType(): string {
    return "openai-compatible";
  }

  #bodyOf(messages: readonly BaseMessage[], { form, mostTokens }: this["ParsedCallOptions"]): string {
    return JSON.stringify({
      model: this.#server.model,
      messages: messages.map((message) => ({ role: roles[message.getType()] ?? "user", content: message.text })),
      temperature: 0,
      max_tokens: mostTokens,
      response_format: form === undefined ? undefined : { type: "json_schema", json_schema: { ...form, strict: true } },
    });
  }

  override async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    const { baseUrl, apiKey } = this.#server;
    const response = await fetch(`${baseUrl}/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }) },
      body: this.#bodyOf(messages, options),
      redirect: "error",
      signal: options.signal ?? null,
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new AppError(
        "SERVER_UNREACHABLE",
        `The language model's server answered ${response.status}. Look at LLM_BASE_URL and LLM_MODEL.`,
      );
    }
    const completion = Completion.parse(await response.json());
    const text = completion.choices[0]?.message.content ?? "";
    const message = new AIMessage({ content: text, response_metadata: { tokens: usedTokens(completion) } });
    return { generations: [{ text, message }] };
  }
}

/** A chat model of LangChain over such a server. */
export function createChatModel(server: ChatServer): BaseChatModel<CallOptions> {
  return new OpenAiCompatibleChat(server);
}
