import type { FC } from "hono/jsx";
import { staffRoles } from "../../core/people.ts";
import { ConsolePage } from "./page.tsx";
import type { StaffRoute } from "./routes.ts";
import { show, type Visit } from "./visit.tsx";
import { consoleWords } from "./words.ts";

const HomePage: FC<Visit["frame"]> = (frame) => {
  const words = consoleWords[frame.lang];
  const { name, role } = frame.staff;
  return (
    <ConsolePage {...frame} title={words.homePage.title}>
      <h1>{words.homePage.title}</h1>
      <p class="lead" dir="auto">
        {words.homePage.lead(name)}
      </p>
      <p>
        {words.homePage.role} <strong>{words.roles[role]}</strong> – {words.roleHints[role]}.
      </p>
      {frame.menu.length === 0 ? null : (
        <ul class="sections">
          {frame.menu.map((item) => (
            <li>
              <a class="section-link" href={`${frame.base}${item.path}`}>
                <strong>{words.sections[item.name].label}</strong>
                <span>{words.sections[item.name].text}</span>
                {item.count === undefined ? null : <span>{words.open(item.count)}</span>}
              </a>
            </li>
          ))}
        </ul>
      )}
    </ConsolePage>
  );
};

/** The first page: what is there for this person. */
export const homeRoutes: readonly StaffRoute[] = [["GET", "/console", staffRoles, (visit) => show(visit, <HomePage {...visit.frame} />)]];
