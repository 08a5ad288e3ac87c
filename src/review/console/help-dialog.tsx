import type { FC } from "hono/jsx";
import type { StaffLang } from "../../core/people.ts";
import { consoleWords } from "./words.ts";

const keys = [
  ["Alt+J", "next"],
  ["Alt+K", "previous"],
  ["Alt+E", "done"],
  ["Alt+L", "reply"],
  ["Alt+P", "note"],
  ["Alt+M", "snooze"],
  ["?", "help"],
] as const;

/** The list of keys; the script opens it. Without scripts neither it nor its button is there. */
export const HelpDialog: FC<{ readonly lang: StaffLang }> = ({ lang }) => {
  const words = consoleWords[lang].keys;
  return (
    <>
      <button type="button" class="quiet help-button" data-help hidden>
        {words.button} <kbd>?</kbd>
      </button>
      <dialog id="help" aria-labelledby="help-title">
        <h2 id="help-title">{words.title}</h2>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.key}</th>
              <th scope="col">{words.does}</th>
            </tr>
          </thead>
          <tbody>
            {keys.map(([key, name]) => (
              <tr>
                <td>
                  <kbd>{key}</kbd>
                </td>
                <td>{words[name]}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <p class="hint">{words.off}</p>
        <form method="dialog">
          <button type="submit">{words.close}</button>
        </form>
      </dialog>
    </>
  );
};
