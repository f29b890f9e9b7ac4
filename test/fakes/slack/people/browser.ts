/** Somebody with a browser, who goes from the app's page to Slack, agrees, and comes back with a code. */
export type Installed = {
  /** What Slack was asked for. */
  asked: URL;
  /** Where Slack sent the browser. */
  back: URL;
  status: number;
};

/** Installs the app in a workspace, with the cookie that proves who began, unless it is lost on the way. */
export async function installs(
  address: string,
  team: string,
  { loseCookie = false } = {},
): Promise<Installed> {
  const page = await fetch(`${address}/slack/install`, { redirect: 'manual' });
  const html = await page.text();
  const link = /href="([^"]*oauth\/v2\/authorize[^"]*)"/.exec(html)?.[1]?.replaceAll('&amp;', '&');
  const cookie = page.headers.get('set-cookie')?.split(';')[0] ?? '';
  const asked = new URL(link ?? 'about:blank');
  asked.searchParams.set('team', team);
  const agreed = await fetch(asked, { redirect: 'manual' });
  const back = new URL(agreed.headers.get('location') ?? 'about:blank');
  const answer = await fetch(`${address}${back.pathname}${back.search}`, {
    headers: loseCookie ? {} : { cookie },
  });
  return { asked, back, status: answer.status };
}
