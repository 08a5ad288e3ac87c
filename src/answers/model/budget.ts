import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, guarded, rowsOf } from "../../database/database.ts";
import { modelUsage } from "../../database/schema.ts";

/** Tokens that went to a model and came from it. */
export interface Tokens {
  readonly input: number;
  readonly output: number;
}

/** What a day may cost; prices are for a million tokens, in the same currency as the cost. */
export interface Limits {
  readonly tokensPerDay: number;
  readonly costPerDay: number | undefined;
  readonly prices: Tokens;
}

/** The day's budget, shared by all processes of a database. */
export interface Budget {
  /** Sets tokens aside before a call; false if the day has not that many left. */
  reserve(tokens: Tokens): Promise<boolean>;
  /** Puts what a call really took in place of what was set aside. */
  settle(reserved: Tokens, used: Tokens): Promise<void>;
}

const million = 1_000_000;
const Rows = z.array(z.object({ day: z.unknown() }));
const today = sql`(now() at time zone 'UTC')::date`;

/** Days are those of UTC, by the database's clock. */
export function createBudget(db: Database, { tokensPerDay, costPerDay, prices }: Limits): Budget {
  const fits = (input: number, output: number) =>
    costPerDay === undefined || input * prices.input + output * prices.output <= costPerDay * million;
  return {
    reserve: ({ input, output }) =>
      guarded("Setting tokens aside", async () => {
        if (input + output > tokensPerDay || !fits(input, output)) return false;
        const cost = costPerDay === undefined ? null : costPerDay * million;
        const result = await db.execute(sql`
          insert into ${modelUsage} as spent (day, input_tokens, output_tokens) values (${today}, ${input}, ${output})
          on conflict (day) do update set input_tokens = spent.input_tokens + ${input}, output_tokens = spent.output_tokens + ${output}
          where spent.input_tokens + spent.output_tokens + ${input + output}::bigint <= ${tokensPerDay}::bigint
            and (${cost}::double precision is null
              or (spent.input_tokens + ${input}) * ${prices.input}::double precision
                + (spent.output_tokens + ${output}) * ${prices.output}::double precision <= ${cost}::double precision)
          returning day`);
        return Rows.parse(rowsOf(result)).length > 0;
      }),
    settle: (reserved, used) =>
      guarded("Counting tokens", async () => {
        await db.execute(sql`
          update ${modelUsage} set input_tokens = greatest(0, input_tokens + ${used.input - reserved.input}),
            output_tokens = greatest(0, output_tokens + ${used.output - reserved.output})
          where day = ${today}`);
      }),
  };
}
