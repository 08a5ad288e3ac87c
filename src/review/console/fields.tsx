import type { FC } from "hono/jsx";
import { FieldError } from "../page.tsx";

interface TextFieldProps {
  readonly id: string;
  readonly label: string;
  readonly type?: "text" | "password";
  readonly value?: string | undefined;
  readonly hint?: string | undefined;
  readonly fault?: string | undefined;
  readonly autocomplete: string;
}

/** A field with its label, hint and fault; its name is its id. */
export const TextField: FC<TextFieldProps> = ({ id, label, type = "text", value, hint, fault, autocomplete }) => {
  const described = [hint === undefined ? "" : `${id}-hint`, fault === undefined ? "" : `${id}-error`].filter((each) => each !== "");
  return (
    <div class="field">
      <label for={id}>{label}</label>
      {hint === undefined ? null : (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldError id={id} text={fault} />
      <input
        {...{ id, name: id, type, autocomplete, required: true }}
        {...(value === undefined ? {} : { value })}
        {...(type === "text" ? { dir: "auto", spellcheck: false, autocapitalize: "none" } : {})}
        {...(described.length === 0 ? {} : { "aria-describedby": described.join(" ") })}
        {...(fault === undefined ? {} : { "aria-invalid": "true" })}
      />
    </div>
  );
};
