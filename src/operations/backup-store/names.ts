const digits = (now: string) => now.replaceAll(/[-:.Z]/g, '').replace('T', '_')

/** `backup_20261120_020000`: begun at that second, UTC. */
export const nameOf = (now: string) => `backup_${digits(now).slice(0, 15)}`

/** `before_restore_20261120_020000123`: what a restore replaced. To the millisecond, as nobody can choose another name. */
export const safetyNameOf = (now: string) => `before_restore_${digits(now)}`
