import type { FC } from "hono/jsx";
import { type Account, type AccountChange, type Accounts, staffRoles } from "../../core/people.ts";
import { formatMoment } from "../format.ts";
import { firstValues, readForm } from "../forms.ts";
import { Done, ErrorSummary } from "../page.tsx";
import { TextField } from "./fields.tsx";
import { ConsolePage } from "./page.tsx";
import { type ConsoleSection, from } from "./routes.ts";
import { goTo, refuse, show, type Visit } from "./visit.tsx";
import { type ConsoleWords, consoleWords } from "./words.ts";

type Frame = Visit["frame"];

const RoleOptions: FC<{ readonly words: ConsoleWords; readonly chosen: string }> = ({ words, chosen }) => (
  <>
    {staffRoles.map((role) => (
      <option value={role} selected={role === chosen}>
        {words.roles[role]}
      </option>
    ))}
  </>
);

const AccountTools: FC<{ readonly frame: Frame; readonly account: Account }> = ({ frame, account }) => {
  const words = consoleWords[frame.lang];
  const { id, name, role, state, local } = account;
  const action = (path: string, label: string) => (
    <form method="post" action={`${frame.base}/console/accounts/${id}/${path}`}>
      <button type="submit" class="quiet" aria-label={words.accounts.of(label, name)}>
        {label}
      </button>
    </form>
  );
  return (
    <div class="tools">
      {local && state !== "disabled" ? (
        <form method="post" action={`${frame.base}/console/accounts/${id}/role`}>
          <select name="role" aria-label={words.accounts.roleOf(name)}>
            <RoleOptions words={words} chosen={role} />
          </select>
          <button type="submit" class="quiet" aria-label={words.accounts.of(words.accounts.changeRole, name)}>
            {words.accounts.changeRole}
          </button>
        </form>
      ) : null}
      {local && state !== "disabled" ? action("link", words.accounts.renew) : null}
      {state === "active" ? action("end-sessions", words.accounts.endSessions) : null}
      {state === "disabled" ? action("enable", words.accounts.enable) : action("disable", words.accounts.disable)}
    </div>
  );
};

interface AccountsPageProps {
  readonly frame: Frame;
  readonly accounts: readonly Account[];
  /** False where accounts come from the city's own service. */
  readonly invites: boolean;
  readonly done: string | undefined;
  readonly fault?: string | undefined;
  readonly typed?: string | undefined;
}

const AccountsPage: FC<AccountsPageProps> = ({ frame, accounts, invites, done, fault, typed }) => {
  const words = consoleWords[frame.lang];
  return (
    <ConsolePage {...frame} title={words.accounts.title}>
      <h1>{words.accounts.title}</h1>
      <p>{invites ? words.accounts.lead : words.accounts.throughLead}</p>
      <Done text={done} />
      <ErrorSummary title={words.errorsTitle} errors={fault === undefined ? [] : [{ id: invites ? "name" : "content", text: fault }]} />
      <ul class="rows panel people">
        {accounts.map((account) => (
          <li data-entry>
            <div>
              <p class="row-title">
                <bdi>{account.name}</bdi>
                {account.id === frame.staff.account ? ` (${words.accounts.you})` : ""}
              </p>
              <p>
                {words.roles[account.role]} <span class="state">{words.accounts.states[account.state]}</span>
              </p>
            </div>
            <AccountTools frame={frame} account={account} />
          </li>
        ))}
      </ul>
      {invites ? (
        <form method="post" action={`${frame.base}/console/accounts`} class="panel form">
          <h2>{words.accounts.invite}</h2>
          <TextField {...{ id: "name", label: words.accounts.name, hint: words.accounts.inviteHint, value: typed, autocomplete: "off" }} />
          <div class="field">
            <label for="role">{words.accounts.role}</label>
            <select id="role" name="role">
              {staffRoles.map((role) => (
                <option value={role}>{`${words.roles[role]} – ${words.roleHints[role]}`}</option>
              ))}
            </select>
          </div>
          <button type="submit">{words.accounts.inviteButton}</button>
        </form>
      ) : null}
    </ConsolePage>
  );
};

const LinkPage: FC<{ readonly frame: Frame; readonly name: string; readonly link: string; readonly until: string }> = (props) => {
  const { frame, name, link, until } = props;
  const words = consoleWords[frame.lang].accounts;
  return (
    <ConsolePage {...frame} title={words.linkTitle}>
      <h1>{words.linkTitle}</h1>
      <div class="panel form">
        <p dir="auto">{words.linkLead(name)}</p>
        <p class="link-box">{link}</p>
        <p>{words.linkUntil(until)}</p>
      </div>
      <p>
        <a class="button-like" href={`${frame.base}/console/accounts`}>
          {words.back}
        </a>
      </p>
    </ConsolePage>
  );
};

interface AccountsParts {
  readonly accounts: Accounts;
  readonly invites: boolean;
  readonly publicUrl: string;
}

/** Who may sign in, for admins. */
export function accountsSection({ accounts, invites, publicUrl }: AccountsParts): ConsoleSection {
  const roles = from("admin");

  async function list(visit: Visit, fault?: string, typed?: string): Promise<Response> {
    const done = visit.c.req.query("done") === undefined ? undefined : consoleWords[visit.frame.lang].accounts.done;
    const props = { frame: visit.frame, accounts: await accounts.list(), invites, done, fault, typed };
    return await show(visit, <AccountsPage {...props} />, fault === undefined ? 200 : 400);
  }

  /** Back to the list after a change, or to what stands against it. */
  async function after(visit: Visit, result: AccountChange): Promise<Response> {
    if (result === "done") return goTo(visit, "/console/accounts?done=1");
    return await list(visit, consoleWords[visit.frame.lang].accounts.faults[result]);
  }

  async function showLink(visit: Visit, name: string, result: Awaited<ReturnType<Accounts["invite"]>>): Promise<Response> {
    if (result.kind !== "link")
      return result.kind === "done"
        ? await refuse(visit, "fault")
        : await list(visit, consoleWords[visit.frame.lang].accounts.faults[result.kind], name);
    const link = `${publicUrl.replace(/\/+$/, "")}/console/set-password?code=${result.code}`;
    return await show(visit, <LinkPage {...{ frame: visit.frame, name, link, until: formatMoment(result.expiresAt, visit.frame.lang) }} />);
  }

  const idOf = ({ c }: Visit): number => Number(/^\d{1,9}$/.exec(c.req.param("id") ?? "")?.[0] ?? 0);
  const roleIn = (form: Readonly<Record<string, string>>) => staffRoles.find((role) => role === form["role"]);

  return {
    ...{ name: "accounts", path: "/console/accounts", roles },
    routes: [
      ["GET", "/console/accounts", roles, (visit) => list(visit)],
      [
        "POST",
        "/console/accounts",
        roles,
        async (visit) => {
          const form = firstValues(await readForm(visit.c));
          const role = roleIn(form);
          if (role === undefined || !invites) return await refuse(visit, "invalid");
          const name = form["name"] ?? "";
          return await showLink(visit, name, await accounts.invite(visit.staff, { name, role }));
        },
      ],
      [
        "POST",
        "/console/accounts/:id/link",
        roles,
        async (visit) => {
          const name = (await accounts.list()).find(({ id }) => id === idOf(visit))?.name ?? "";
          if (!invites) return await refuse(visit, "invalid");
          return await showLink(visit, name, await accounts.renewLink(visit.staff, idOf(visit)));
        },
      ],
      [
        "POST",
        "/console/accounts/:id/role",
        roles,
        async (visit) => {
          const role = roleIn(firstValues(await readForm(visit.c)));
          if (role === undefined) return await refuse(visit, "invalid");
          return await after(visit, await accounts.changeRole(visit.staff, idOf(visit), role));
        },
      ],
      ["POST", "/console/accounts/:id/disable", roles, async (visit) => after(visit, await accounts.disable(visit.staff, idOf(visit)))],
      ["POST", "/console/accounts/:id/enable", roles, async (visit) => after(visit, await accounts.enable(visit.staff, idOf(visit)))],
      [
        "POST",
        "/console/accounts/:id/end-sessions",
        roles,
        async (visit) => after(visit, await accounts.endSessions(visit.staff, idOf(visit))),
      ],
    ],
  };
}
