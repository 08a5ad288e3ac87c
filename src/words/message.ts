/**
 * A value that a message takes. `text` is kept apart from the line around it where that runs from right to left; `bare` text is not: an address,
 * whose link would swallow a mark behind it, or what is kept apart already. Of an `optional` text that is not there the message
 * selects `none`. `spare` values may be left out by a language.
 */
export type Argument = { readonly name: string; readonly spare?: true } & (
  | { readonly kind: "text" | "bare" | "optional" | "number" }
  | { readonly kind: "choice"; readonly values: readonly string[] }
);

/** Messages by name, in groups; each is the list of the values it takes. */
export interface Messages {
  readonly [name: string]: readonly Argument[] | Messages;
}

type ValueOf<A> = A extends { readonly values: readonly (infer V)[] }
  ? V
  : A extends { readonly kind: "number" }
    ? number
    : A extends { readonly kind: "optional" }
      ? string | undefined
      : string;

type ValuesOf<M extends readonly Argument[]> = { readonly [I in keyof M]: ValueOf<M[I]> };

/** The messages as ICU MessageFormat in one language. */
export type Written<M> = { readonly [K in keyof M]: M[K] extends readonly Argument[] ? string : Written<M[K]> };

/** The messages as strings, and as functions where they take values. */
export type Rendered<M> = {
  readonly [K in keyof M]: M[K] extends readonly []
    ? string
    : M[K] extends readonly Argument[]
      ? (...values: ValuesOf<M[K]>) => string
      : Rendered<M[K]>;
};

export const text = (name: string) => ({ kind: "text", name }) as const;
export const bare = (name: string) => ({ kind: "bare", name }) as const;
export const optional = (name: string) => ({ kind: "optional", name }) as const;
export const number = (name: string) => ({ kind: "number", name }) as const;
export const choice = <const V extends readonly string[]>(name: string, ...values: V) => ({ kind: "choice", name, values }) as const;
export const spare = <const A extends Argument>(argument: A) => ({ ...argument, spare: true }) as const;

/** A message by the values it takes. */
export const message = <const A extends readonly Argument[]>(...values: A): A => values;

/** A message without values for each name. */
export function each<const K extends string>(names: readonly K[]): { readonly [name in K]: readonly [] } {
  return Object.fromEntries(names.map((name) => [name, message()] as const)) as { readonly [name in K]: readonly [] };
}
