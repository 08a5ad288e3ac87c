import type { Passwords } from "./core/people.ts";

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Passwords as argon2id hashes. The native code is loaded by the first use. */
export function createPasswords(): Passwords {
  const load = () => import("@node-rs/argon2");
  return {
    hash: async (password) => await (await load()).hash(password.normalize("NFKC"), cost),
    verify: async (hash, password) => await (await load()).verify(hash, password.normalize("NFKC")),
  };
}
