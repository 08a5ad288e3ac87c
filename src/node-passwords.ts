import type { PasswordHasher } from "./core/people.ts";

/** OWASP's least for Argon2id: 19 MiB, two passes, one lane. */
const cost = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Argon2id on Node; the package is loaded with the first password. */
export function createPasswordHasher(): PasswordHasher {
  const load = () => import("@node-rs/argon2");
  return {
    // Two spellings of one letter are one password; the package's own default is Argon2id.
    hash: async (password) => await (await load()).hash(password.normalize("NFKC"), cost),
    verify: async (hash, password) => await (await load()).verify(hash, password.normalize("NFKC")),
  };
}
