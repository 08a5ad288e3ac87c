import type { FC } from "hono/jsx";
import { type StaffAccess, staffRoles } from "../../core/people.ts";
import { formatMoment } from "../format.ts";
import { firstValues, readForm } from "../forms.ts";
import { Done, ErrorSummary } from "../page.tsx";
import { TextField } from "./fields.tsx";
import { ConsolePage } from "./page.tsx";
import type { StaffRoute } from "./routes.ts";
import { goTo, type Reception, refuse, show, type Visit } from "./visit.tsx";
import { consoleWords } from "./words.ts";

type Fault = { readonly id: "current" | "password" | "repeat"; readonly text: string };

type OwnAccountProps = Visit["frame"] & { readonly done?: string | undefined; readonly fault?: Fault | undefined };

const Preferences: FC<Visit["frame"]> = ({ base, lang, staff }) => {
  const words = consoleWords[lang].own;
  return (
    <form method="post" action={`${base}/console/account`} class="panel form">
      <h2>{words.settings}</h2>
      <div class="field">
        <label for="lang">{words.langLabel}</label>
        <select id="lang" name="lang">
          <option value="de" lang="de" selected={lang === "de"}>
            Deutsch
          </option>
          <option value="en" lang="en" selected={lang === "en"}>
            English
          </option>
        </select>
      </div>
      <div>
        <label class="check">
          <input type="checkbox" name="shortcuts" value="1" checked={staff.shortcuts} aria-describedby="shortcuts-hint" />
          {words.shortcuts}
        </label>
        <p class="hint" id="shortcuts-hint">
          {words.shortcutsHint}
        </p>
      </div>
      <button type="submit">{words.save}</button>
    </form>
  );
};

const ChangePassword: FC<OwnAccountProps> = ({ base, lang, staff, fault }) => {
  const words = consoleWords[lang];
  const faultOf = (id: string) => (fault?.id === id ? fault.text : undefined);
  return (
    <form method="post" action={`${base}/console/account/password`} class="panel form">
      <h2>{words.own.password}</h2>
      <p>{words.own.passwordLead}</p>
      <input type="hidden" name="username" value={staff.name} autocomplete="username" />
      <TextField
        {...{ id: "current", label: words.own.current, type: "password", fault: faultOf("current"), autocomplete: "current-password" }}
      />
      <TextField
        {...{ id: "password", label: words.passwordPage.password, type: "password", hint: words.passwordPage.hint }}
        {...{ fault: faultOf("password"), autocomplete: "new-password" }}
      />
      <TextField
        {...{ id: "repeat", label: words.passwordPage.repeat, type: "password", fault: faultOf("repeat"), autocomplete: "new-password" }}
      />
      <button type="submit">{words.own.change}</button>
    </form>
  );
};

const OwnAccountPage: FC<OwnAccountProps> = ({ done, fault, ...frame }) => {
  const words = consoleWords[frame.lang];
  return (
    <ConsolePage {...frame} title={words.own.title}>
      <h1>{words.own.title}</h1>
      <Done text={done} />
      <ErrorSummary title={words.errorsTitle} errors={fault === undefined ? [] : [fault]} />
      <p>
        <bdi>{frame.staff.name}</bdi> – {words.roles[frame.staff.role]}: {words.roleHints[frame.staff.role]}.
      </p>
      <Preferences {...frame} />
      {frame.staff.local ? <ChangePassword {...frame} fault={fault} /> : <p>{words.own.elsewhere}</p>}
    </ConsolePage>
  );
};

/** Rows of the table by which people see to their own account. */
export function ownAccountRoutes(access: StaffAccess, { cookies }: Reception): readonly StaffRoute[] {
  async function changePassword(visit: Visit): Promise<Response> {
    const { c, frame, staff } = visit;
    const words = consoleWords[frame.lang];
    const { current = "", password = "", repeat = "" } = firstValues(await readForm(c));
    const again = async (id: Fault["id"], text: string) => await show(visit, <OwnAccountPage {...frame} fault={{ id, text }} />, 400);
    if (!staff.local) return await refuse(visit, "not-found");
    if (password !== repeat) return await again("repeat", words.passwordPage.different);
    const result = await access.changePassword(staff, { current, password });
    switch (result.kind) {
      case "open":
        cookies.setSession(c, result.session);
        return goTo(visit, "/console/account?done=password");
      case "wrong":
        return await again("current", words.own.wrong);
      case "locked":
        return await again("current", words.signIn.locked(formatMoment(result.until, frame.lang)));
      case "too-short":
      case "too-long":
      case "too-common":
      case "like-name":
        return await again("password", words.passwordPage.faults[result.kind]);
      default:
        return await refuse(visit, "invalid");
    }
  }

  async function savePreferences(visit: Visit): Promise<Response> {
    const form = firstValues(await readForm(visit.c));
    const lang = form["lang"] === "en" ? "en" : "de";
    await access.savePreferences(visit.staff, { lang, shortcuts: form["shortcuts"] === "1" });
    cookies.setLang(visit.c, lang);
    return goTo(visit, "/console/account?done=saved");
  }

  return [
    [
      "GET",
      "/console/account",
      staffRoles,
      async (visit) => {
        const words = consoleWords[visit.frame.lang].own;
        const done = visit.c.req.query("done");
        const text = done === "saved" ? words.saved : done === "password" ? words.changed : undefined;
        return await show(visit, <OwnAccountPage {...visit.frame} done={text} />);
      },
    ],
    ["POST", "/console/account", staffRoles, savePreferences],
    ["POST", "/console/account/password", staffRoles, changePassword],
  ];
}
