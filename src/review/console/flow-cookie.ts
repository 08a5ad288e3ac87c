import type { Context } from "hono";
import { getCookie, setCookie } from "hono/cookie";

const flowSeconds = 600;

/** The cookie that binds a sign-in through the city's service to one browser, for ten minutes and one return. */
export function flowCookie(publicUrl: string) {
  const url = new URL(publicUrl);
  const path = `${url.pathname.replace(/\/+$/, "")}/console/city-sign-in`;
  const options = { path, httpOnly: true, sameSite: "Lax", secure: url.protocol === "https:" } as const;
  return {
    set: (c: Context, flow: string) => setCookie(c, "console_flow", flow, { ...options, maxAge: flowSeconds }),
    take: (c: Context): string | undefined => {
      const flow = getCookie(c, "console_flow");
      if (flow !== undefined) setCookie(c, "console_flow", "", { ...options, maxAge: 0 });
      return flow;
    },
  };
}
