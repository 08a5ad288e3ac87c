import type { FC } from "hono/jsx";
import { ErrorSummary } from "../page.tsx";
import { TextField } from "./fields.tsx";
import { ConsolePage } from "./page.tsx";
import type { Frame } from "./visit.tsx";
import { consoleWords } from "./words.ts";

interface SignInProps extends Frame {
  /** Whether staff sign in with a password of ours, or through the city's own service. */
  readonly through: "password" | "city";
  readonly next: string;
  readonly typed?: string | undefined;
  readonly fault?: string | undefined;
}

const ThroughCity: FC<SignInProps> = ({ base, lang, next }) => {
  const words = consoleWords[lang].signIn;
  return (
    <div class="panel">
      <p>{words.throughLead}</p>
      {/* A link: browsers hold the page's form-action against where a form is sent on to. */}
      <a class="button-like" href={`${base}/console/city-sign-in?next=${encodeURIComponent(next)}`}>
        {words.through}
      </a>
    </div>
  );
};

const WithPassword: FC<SignInProps> = ({ base, lang, next, typed, fault }) => {
  const words = consoleWords[lang].signIn;
  return (
    <>
      <form method="post" action={`${base}/console/sign-in`} class="panel">
        <input type="hidden" name="next" value={next} />
        <TextField id="name" label={words.name} value={typed} autocomplete="username" />
        <TextField id="password" label={words.password} type="password" fault={fault} autocomplete="current-password" />
        <button type="submit">{words.button}</button>
      </form>
      <p class="hint">{words.help}</p>
    </>
  );
};

export const SignInPage: FC<SignInProps> = (props) => {
  const words = consoleWords[props.lang];
  const { through, fault } = props;
  return (
    <ConsolePage {...props} title={words.signIn.title}>
      <div class="narrow form">
        <h1>{words.signIn.title}</h1>
        <p>{words.signIn.lead}</p>
        <ErrorSummary title={words.errorsTitle} errors={fault === undefined ? [] : [{ id: "password", text: fault }]} />
        {through === "city" ? <ThroughCity {...props} /> : <WithPassword {...props} />}
      </div>
    </ConsolePage>
  );
};

interface PasswordPageProps extends Frame {
  readonly code: string;
  /** Whose link it is; undefined for the very first account. */
  readonly owner: string | undefined;
  readonly typed?: string | undefined;
  readonly fault?: { readonly id: "name" | "password" | "repeat"; readonly text: string } | undefined;
}

/** What a link leads to: nothing is used up by looking. */
export const PasswordPage: FC<PasswordPageProps> = ({ code, owner, typed, fault, ...frame }) => {
  const words = consoleWords[frame.lang];
  const { passwordPage } = words;
  const title = owner === undefined ? passwordPage.firstTitle : passwordPage.title;
  const faultOf = (id: string) => (fault?.id === id ? fault.text : undefined);
  return (
    <ConsolePage {...frame} title={title}>
      <div class="narrow form">
        <h1>{title}</h1>
        <p dir="auto">{owner === undefined ? passwordPage.firstLead : passwordPage.lead(owner)}</p>
        <ErrorSummary title={words.errorsTitle} errors={fault === undefined ? [] : [fault]} />
        <form method="post" action={`${frame.base}/console/set-password`} class="panel">
          <input type="hidden" name="code" value={code} />
          {owner === undefined ? (
            <TextField id="name" label={passwordPage.name} value={typed} fault={faultOf("name")} autocomplete="username" />
          ) : (
            <input type="hidden" name="username" value={owner} autocomplete="username" />
          )}
          <TextField
            {...{ id: "password", label: passwordPage.password, type: "password", hint: passwordPage.hint }}
            {...{ fault: faultOf("password"), autocomplete: "new-password" }}
          />
          <TextField
            {...{ id: "repeat", label: passwordPage.repeat, type: "password", fault: faultOf("repeat"), autocomplete: "new-password" }}
          />
          <button type="submit">{passwordPage.button}</button>
        </form>
      </div>
    </ConsolePage>
  );
};
