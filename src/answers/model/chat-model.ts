import { BaseChatModel, type BaseChatModelCallOptions } from "@langchain/core/language_models/chat_models";
import { AIMessage, AIMessageChunk, type BaseMessage } from "@langchain/core/messages";
import { ChatGenerationChunk, type ChatResult } from "@langchain/core/outputs";
import { convertEventStreamToIterableReadableDataStream } from "@langchain/core/utils/event_source_parse";
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

const Usage = z.object({ prompt_tokens: z.number().int().nonnegative(), completion_tokens: z.number().int().nonnegative() });

const Completion = z.object({
  choices: z.array(z.object({ message: z.object({ content: z.string().nullish() }) })).min(1),
  usage: Usage.nullish(),
});

/** A piece of a completion; the last one counts the tokens and has no choices. */
const Piece = z.object({
  choices: z.array(z.object({ delta: z.object({ content: z.string().nullish() }) })),
  usage: Usage.nullish(),
});

/** What ends a stream that was not broken off. */
const endOfStream = "[DONE]";

/** What the server counted; undefined where it counts nothing. */
function usedTokens({ usage }: { readonly usage?: z.output<typeof Usage> | null | undefined }): Tokens | undefined {
  return usage == null ? undefined : { input: usage.prompt_tokens, output: usage.completion_tokens };
}

function chunkOf(text: string, tokens: Tokens | undefined): ChatGenerationChunk {
  const message = new AIMessageChunk({ content: text, response_metadata: tokens === undefined ? {} : { tokens } });
  return new ChatGenerationChunk({ text, message });
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

  #bodyOf(messages: readonly BaseMessage[], { form, mostTokens }: this["ParsedCallOptions"], streams: boolean): string {
    return JSON.stringify({
      model: this.#server.model,
      messages: messages.map((message) => ({ role: roles[message.getType()] ?? "user", content: message.text })),
      temperature: 0,
      max_tokens: mostTokens,
      response_format: form === undefined ? undefined : { type: "json_schema", json_schema: { ...form, strict: true } },
      ...(streams ? { stream: true, stream_options: { include_usage: true } } : {}),
    });
  }

  async #post(messages: readonly BaseMessage[], options: this["ParsedCallOptions"], streams: boolean): Promise<Response> {
    const { baseUrl, apiKey } = this.#server;
    const response = await fetch(`${baseUrl}/chat/completions`, {
      method: "POST",
      headers: { "content-type": "application/json", ...(apiKey === undefined ? {} : { authorization: `Bearer ${apiKey}` }) },
      body: this.#bodyOf(messages, options, streams),
      // Not followed, so that the key goes nowhere else; workerd knows no "error" here.
      redirect: "manual",
      signal: options.signal ?? null,
    });
    if (!response.ok) {
      await response.body?.cancel();
      throw new AppError(
        "SERVER_UNREACHABLE",
        `The language model's server answered ${response.status}. Look at LLM_BASE_URL and LLM_MODEL.`,
      );
    }
    return response;
  }

  override async _generate(messages: BaseMessage[], options: this["ParsedCallOptions"]): Promise<ChatResult> {
    const response = await this.#post(messages, options, false);
    const completion = Completion.parse(await response.json());
    const text = completion.choices[0]?.message.content ?? "";
    const message = new AIMessage({ content: text, response_metadata: { tokens: usedTokens(completion) } });
    return { generations: [{ text, message }] };
  }

  /** A server that does not stream answers in one piece. */
  override async *_streamResponseChunks(messages: BaseMessage[], options: this["ParsedCallOptions"]): AsyncGenerator<ChatGenerationChunk> {
    const response = await this.#post(messages, options, true);
    if (response.body === null || response.headers.get("content-type")?.startsWith("text/event-stream") !== true) {
      const completion = Completion.parse(await response.json());
      return yield chunkOf(completion.choices[0]?.message.content ?? "", usedTokens(completion));
    }
    for await (const data of convertEventStreamToIterableReadableDataStream(response.body)) {
      if (data === endOfStream) return;
      const piece = Piece.parse(JSON.parse(data));
      yield chunkOf(piece.choices[0]?.delta.content ?? "", usedTokens(piece));
    }
    throw new AppError("SERVER_UNREACHABLE", "The language model's server ended its answer in the middle.");
  }
}

/** A chat model of LangChain over such a server. */
export function createChatModel(server: ChatServer): BaseChatModel<CallOptions> {
  return new OpenAiCompatibleChat(server);
}
