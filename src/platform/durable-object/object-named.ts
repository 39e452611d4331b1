import { type Env, settingsOf } from '#/platform/env.ts'

/** The one place that makes a stub: the object of that name, kept where JURISDICTION says. */
export function objectNamed<T extends Rpc.DurableObjectBranded | undefined>(
  env: Env,
  namespace: DurableObjectNamespace<T>,
  name: string,
): DurableObjectStub<T> {
  const { JURISDICTION } = settingsOf(env)
  return (JURISDICTION === '' ? namespace : namespace.jurisdiction(JURISDICTION)).getByName(name)
}
