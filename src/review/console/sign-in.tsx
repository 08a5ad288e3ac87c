import type { FC } from "hono/jsx";
import type { Joined } from "../../core/people.ts";
import type { ConsoleCookies } from "./cookies.ts";
import { Fault } from "./page.tsx";
import { type Arrival, type ConsoleParts, type ConsoleRoute, formOf, goOn, may, refuse, show } from "./visit.tsx";
import type { ConsoleWords } from "./words.ts";

/** Codes have 22 characters; what is much longer is none. */
const longestCode = 100;

export interface FieldProps {
  readonly name: string;
  readonly label: string;
  readonly type?: "text" | "password";
  readonly autocomplete?: string;
  readonly value?: string | undefined;
  readonly hint?: string;
}

/** A field with its label and, where there is one, a hint that is read with it. */
export const Field: FC<FieldProps> = ({ name, label, type = "text", autocomplete, value, hint }) => (
  <p class="field">
    <label for={name}>{label}</label>
    {hint === undefined ? null : (
      <span class="hint" id={`${name}-hint`}>
        {hint}
      </span>
    )}
    <input
      {...{ id: name, name, type, autocomplete, value, required: true }}
      {...(hint === undefined ? {} : { "aria-describedby": `${name}-hint` })}
      autocapitalize="none"
      spellcheck={false}
    />
  </p>
);

const SignInForm: FC<{
  readonly words: ConsoleWords;
  readonly base: string;
  readonly login: string;
  readonly fault: string | undefined;
  readonly byCity: boolean;
}> = ({ words, base, login, fault, byCity }) => (
  <>
    <Fault text={fault} />
    {byCity ? (
      <p>
        <a class="button-like" href={`${base}/console/city-sign-in`}>
          {words.signIn.byCity}
        </a>
      </p>
    ) : null}
    <form method="post" action={`${base}/console/sign-in`} class="panel narrow">
      <Field name="login" label={words.signIn.login} autocomplete="username" value={login} />
      <Field name="password" label={words.signIn.password} type="password" autocomplete="current-password" />
      <button type="submit">{words.signIn.button}</button>
    </form>
  </>
);

const JoinForm: FC<{
  readonly words: ConsoleWords;
  readonly base: string;
  readonly code: string;
  readonly lead: string | undefined;
  readonly given: Readonly<Record<string, string>>;
  readonly fault: string | undefined;
}> = ({ words: { join }, base, code, lead, given, fault }) => (
  <>
    <Fault text={fault} />
    {lead === undefined ? null : <p class="lead">{lead}</p>}
    <form method="post" action={`${base}/console/join`} class="panel narrow">
      <input type="hidden" name="code" value={code} />
      {lead === undefined ? null : (
        <>
          <Field name="name" label={join.name} autocomplete="name" value={given["name"]} />
          <Field name="login" label={join.login} autocomplete="username" value={given["login"]} hint={join.loginHint} />
        </>
      )}
      <Field name="password" label={join.password} type="password" autocomplete="new-password" hint={join.passwordHint} />
      <button type="submit">{join.button}</button>
    </form>
  </>
);

type JoinFault = Exclude<Joined["kind"], "joined" | "gone">;

/** Signing in and out, links, and one's own account. */
export function arrivalRoutes(parts: ConsoleParts & { readonly hasCitySignIn: boolean }, cookies: ConsoleCookies): readonly ConsoleRoute[] {
  const { access, record, hasCitySignIn } = parts;

  const showSignIn = (arrival: Arrival, fault?: string, login = "") =>
    show(
      arrival,
      arrival.words.signIn.title,
      <SignInForm words={arrival.words} base={arrival.frame.base} login={login} fault={fault} byCity={hasCitySignIn} />,
      fault === undefined ? 200 : 401,
    );

  async function signIn(arrival: Arrival): Promise<Response> {
    const { login = "", password = "" } = await formOf(arrival);
    const { words } = arrival;
    const signed = await access.signIn(login.slice(0, 200), password.slice(0, 1000));
    if (signed.kind === "wait") return await showSignIn(arrival, words.signIn.wait(signed.seconds), login);
    if (signed.kind === "refused") return await showSignIn(arrival, words.signIn.refused, login);
    const before = cookies.session(arrival.c);
    if (before !== undefined) await access.end(before);
    await record({ actor: signed.member.account, action: "console.sign-in", subject: "" });
    cookies.setSession(arrival.c, signed.session);
    return goOn(arrival, "/console");
  }

  async function showJoin(arrival: Arrival, code: string, given: Readonly<Record<string, string>>, fault?: JoinFault): Promise<Response> {
    const link = await access.lookAtLink(code);
    if (link === undefined) return await refuse(arrival, "link");
    const { words } = arrival;
    const lead = link.kind === "account" ? words.join.lead(words.roles[link.role]) : undefined;
    const text = fault === undefined ? undefined : words.join.faults[fault];
    const title = link.kind === "account" ? words.join.title : words.join.passwordTitle;
    const form = <JoinForm {...{ words, base: arrival.frame.base, code, lead, given, fault: text }} />;
    return await show(arrival, title, form, fault === undefined ? 200 : 400);
  }

  async function join(arrival: Arrival): Promise<Response> {
    const { code = "", login = "", name = "", password = "" } = await formOf(arrival);
    const joined = await access.join(code.slice(0, longestCode), { login, name, password: password.slice(0, 1000) });
    if (joined.kind === "gone") return await refuse(arrival, "link");
    if (joined.kind !== "joined") return await showJoin(arrival, code, { login, name }, joined.kind);
    await record({ actor: joined.member.account, action: "console.join", subject: "" });
    cookies.setSession(arrival.c, joined.session);
    return goOn(arrival, "/console");
  }

  return [
    { method: "get", path: "/console/sign-in", roles: "guests", answer: (arrival) => showSignIn(arrival) },
    { method: "post", path: "/console/sign-in", roles: "guests", answer: signIn },
    {
      method: "get",
      path: "/console/join",
      roles: "guests",
      answer: (arrival) => showJoin(arrival, (arrival.c.req.query("code") ?? "").slice(0, longestCode), {}),
    },
    { method: "post", path: "/console/join", roles: "guests", answer: join },
    {
      method: "post",
      path: "/console/sign-out",
      roles: may.read,
      answer: async (visit) => {
        await access.end(cookies.session(visit.c) ?? "");
        cookies.dropSession(visit.c);
        return goOn(visit, "/console/sign-in");
      },
    },
  ];
}
