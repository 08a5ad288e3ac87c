import type { FC } from "hono/jsx";
import { ConsolePage } from "./page.tsx";
import type { Frame } from "./visit.tsx";
import { type ConsoleWords, consoleWords } from "./words.ts";

export type Refusal = keyof ConsoleWords["refused"];

/** Says why something cannot be shown, and nothing else. */
export const RefusedPage: FC<Frame & { readonly reason: Refusal }> = ({ reason, ...frame }) => {
  const words = consoleWords[frame.lang];
  const { title, text } = words.refused[reason];
  const signedIn = frame.staff !== undefined;
  return (
    <ConsolePage {...frame} title={title}>
      <h1>{title}</h1>
      <p class="lead">{text}</p>
      <p>
        <a class="button-like" href={`${frame.base}/console${signedIn ? "" : "/sign-in"}`}>
          {signedIn ? words.backHome : words.toSignIn}
        </a>
      </p>
    </ConsolePage>
  );
};
