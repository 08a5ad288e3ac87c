import type { FC } from "hono/jsx";
import { staffRoles } from "../../core/people.ts";
import { ConsolePage } from "./page.tsx";
import type { StaffRoute } from "./routes.ts";
import { show, type Visit } from "./visit.tsx";
import { consoleWords } from "./words.ts";

type HomeProps = Visit["frame"] & { readonly trainingWaits: boolean };

const HomePage: FC<HomeProps> = ({ trainingWaits, ...frame }) => {
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
      {trainingWaits ? (
        <p class="done" role="status">
          {words.homePage.trainingWaits}
        </p>
      ) : null}
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

/** The first page: what is there for this person. `trainingWaits` is asked where nothing can be trained. */
export function homeRoutes(trainingWaits: (() => Promise<boolean>) | undefined): readonly StaffRoute[] {
  const home = async (visit: Visit) => show(visit, <HomePage {...visit.frame} trainingWaits={(await trainingWaits?.()) === true} />);
  return [["GET", "/console", staffRoles, home]];
}
