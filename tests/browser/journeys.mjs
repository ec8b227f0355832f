// Signs in, reads the progress page, changes the language and signs out, with scripts switched off and the
// keyboard alone, against a running server. Usage: node journeys.mjs ADDRESS EMAIL PASSWORD [--picture FILE]
import { PHONE, conclude, openBrowser } from "./browser.mjs";

const [address, email, password, , picture] = process.argv.slice(2);
const browser = await openBrowser();
const context = await browser.newContext({ viewport: PHONE, javaScriptEnabled: false, locale: "en-US" });
const page = await context.newPage();
const problems = [];
let looked = 0;
page.on("request", (request) => {
  if (!request.url().startsWith(address)) problems.push(`asks ${request.url()}`);
});

/** Tabs until the element that `wanted` describes has the focus; every stop must show its focus. */
async function tabTo(wanted) {
  for (let stops = 0; stops < 60; stops += 1) {
    await page.keyboard.press("Tab");
    const stop = await page.evaluate(() => {
      const element = document.activeElement;
      const style = getComputedStyle(element);
      const shows = style.outlineStyle !== "none" || style.boxShadow !== "none";
      const label = element.labels?.[0]?.textContent;
      return { text: (label ?? element.textContent).trim(), id: element.id, shows };
    });
    if (!stop.shows) problems.push(`focus on "${stop.text}" cannot be seen`);
    if (stop.text === wanted || stop.id === wanted) return;
  }
  throw new Error(`no way by keyboard to "${wanted}" on ${page.url()}`);
}

async function press(wanted) {
  await tabTo(wanted);
  await Promise.all([page.waitForLoadState("load"), page.keyboard.press("Enter")]);
  await page.waitForLoadState("load");
}

async function expectHeading(text) {
  await page.getByRole("heading", { level: 1, name: text }).waitFor({ timeout: 5000 });
  looked += 1;
  // With scripts off, axe cannot run; states.mjs looks at the same pages with it.
  const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  if (wide > 0) problems.push(`${new URL(page.url()).pathname}: scrolls sideways by ${wide} px`);
}

try {
  await page.goto(address);
  await expectHeading("See how far you are");
  await press("Check a certificate");
  await expectHeading("Check a certificate");
  await press("Check");
  await expectHeading("Check a certificate");
  await page.goto(`${address}/progress`);
  await expectHeading("Sign in");
  await press("Sign in");
  await expectHeading("Sign in");
  await tabTo("email");
  await page.keyboard.type(email);
  await tabTo("password");
  await page.keyboard.type("a wrong one");
  await press("Sign in");
  await expectHeading("Sign in");
  await tabTo("password");
  await page.keyboard.type(password);
  await press("Sign in");
  await expectHeading("Your progress");
  if (picture) await page.screenshot({ path: picture, fullPage: false, clip: { x: 0, y: 0, width: 320, height: 1400 } });
  await press("Español");
  await expectHeading("Su progreso");
  await press("English");
  await expectHeading("Your progress");
  await press("Sign out");
  await expectHeading("See how far you are");
  await page.goto(`${address}/progress`);
  await expectHeading("Sign in");
  await page.goto(`${address}/nowhere`);
  await expectHeading("We cannot find this page");
} catch (error) {
  problems.push(`the journey stopped: ${error.message.split("\n")[0]}`);
}
await browser.close();
conclude("journey by keyboard without script", looked, problems);
