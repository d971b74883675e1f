/** Domains as people paste them, with schemes, paths, commas and lines, to bare hosts; each once. */
export function domainsOf(text: string): string[] {
  const hosts = text
    .split(/[\s,;]+/)
    .map((each) => each.trim().toLowerCase().replace(/^[a-z]+:\/\//, '').replace(/[/?#].*$/, ''))
    .filter((host) => host.length > 0);
  return [...new Set(hosts)];
}

/** What is no host name, with an optional star in front and port behind. */
export function wrongDomains(domains: string[]): string[] {
  return domains.filter((host) => !/^(\*\.)?([a-z0-9]([a-z0-9-]*[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]*[a-z0-9])?(:\d{1,5})?$/.test(host));
}
