import { AIMessageChunk, type BaseMessage } from "@langchain/core/messages";
import { StructuredOutputParser } from "@langchain/core/output_parsers";
import { concat } from "@langchain/core/utils/stream";
import { BrokenCircuitError, CircuitState, ConsecutiveBreaker, circuitBreaker, handleAll } from "cockatiel";
import { z } from "zod";
import type { Budget, Tokens } from "./budget.ts";
import { type AnswerForm, type ChatServer, createChatModel } from "./chat-model.ts";

/** What came of asking: a value in the wanted form, or why there is none. */
export type Asked<Value> =
  | { readonly kind: "ok"; readonly value: Value; readonly tokens: Tokens }
  | { readonly kind: "resting" | "spent" | "slow" | "away" | "unreadable" };

/** Asks the model for a value of a form. Rejects only where the database does. */
export type Ask = <Schema extends z.ZodType>(
  form: { readonly name: string; readonly schema: Schema; readonly mostTokens: number },
  messages: readonly BaseMessage[],
  signal: AbortSignal,
  /** Called with all that came so far; without it the server is not asked to stream. */
  onText?: (text: string) => void,
) => Promise<Asked<z.output<Schema>>>;

const charactersPerToken = 3;

/** More than any usual tokenizer makes of German; what was really used takes its place. */
function estimate(messages: readonly BaseMessage[], mostTokens: number): Tokens {
  const characters = messages.reduce((sum, message) => sum + message.text.length, 0);
  return { input: Math.ceil(characters / charactersPerToken), output: mostTokens };
}

const Counted = z.object({ input: z.number(), output: z.number() });

interface CallOptions {
  readonly signal: AbortSignal;
  readonly form: AnswerForm;
  readonly mostTokens: number;
}

/** Settles as soon as the signal says so, even if the call does not heed it. */
function endedBy<Value>(signal: AbortSignal, call: Promise<Value>): Promise<Value> {
  signal.throwIfAborted();
  return new Promise((resolve, reject) => {
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    call.then(resolve, reject);
  });
}

/** The way to one server: after one call that hangs or fails nobody waits for it until it has rested for `restMs` and one call went well. */
export function createAsk(server: ChatServer, budget: Budget, restMs: number): Ask {
  const chat = createChatModel(server);

  async function stream(messages: readonly BaseMessage[], options: CallOptions, onText: (text: string) => void): Promise<BaseMessage> {
    let whole = new AIMessageChunk("");
    for await (const chunk of await chat.stream([...messages], options)) {
      whole = concat(whole, chunk);
      options.signal.throwIfAborted();
      onText(whole.text);
    }
    return whole;
  }

  const breaker = circuitBreaker(handleAll, { halfOpenAfter: restMs, breaker: new ConsecutiveBreaker(1) });

  return async ({ name, schema, mostTokens }, messages, signal, onText) => {
    const reserved = estimate(messages, mostTokens);
    if (!(await budget.reserve(reserved))) return { kind: "spent" };
    const form = { name, schema: z.toJSONSchema(schema) };
    try {
      // While one call tries the server again, cockatiel would have the others wait for it.
      if (breaker.state === CircuitState.HalfOpen) throw new BrokenCircuitError();
      const options = { signal, form, mostTokens };
      const call = () => (onText === undefined ? chat.invoke([...messages], options) : stream(messages, options, onText));
      const message = await breaker.execute(() => endedBy(signal, call()));
      const tokens = Counted.safeParse(message.response_metadata["tokens"]).data ?? reserved;
      await budget.settle(reserved, tokens);
      const parsed = await StructuredOutputParser.fromZodSchema(schema)
        .parse(message.text)
        .catch(() => undefined);
      const value = schema.safeParse(parsed);
      return value.success ? { kind: "ok", value: value.data, tokens } : { kind: "unreadable" };
    } catch (error) {
      if (error instanceof BrokenCircuitError) {
        await budget.settle(reserved, { input: 0, output: 0 });
        return { kind: "resting" };
      }
      return { kind: signal.aborted ? "slow" : "away" };
    }
  };
}
