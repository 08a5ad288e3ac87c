/** True for the address of a service that answers, and with them our token, may be sent to. */
export type IsKnownService = (serviceUrl: string) => boolean;

/** A name stands for itself, *.name for all names below it; only over https on its usual port. An entry with a scheme stands for that origin alone. */
export function createServiceCheck(hosts: readonly string[]): IsKnownService {
  const origins = new Set(hosts.filter((host) => host.includes("://")).map((url) => new URL(url).origin));
  const names = hosts.filter((host) => !host.includes("://"));
  const isNamed = (hostname: string) =>
    names.some((name) => (name.startsWith("*.") ? hostname.endsWith(name.slice(1)) : hostname === name));
  return (serviceUrl) => {
    const url = URL.parse(serviceUrl);
    if (url === null || url.username !== "" || url.password !== "") return false;
    return origins.has(url.origin) || (url.protocol === "https:" && url.port === "" && isNamed(url.hostname));
  };
}
