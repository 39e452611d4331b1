/** `backup_20261120_020000`: a prefix and an instant, UTC. */
export const dated = (prefix: string, now: string) =>
  `${prefix}_${now.slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '_')}`
