/** What workerd brings; only what is used here. */
declare module "cloudflare:workers" {
  export abstract class DurableObject<Env> {
    constructor(context: unknown, env: Env);
    protected readonly env: Env;
    abstract fetch(request: Request): Promise<Response>;
  }
}
