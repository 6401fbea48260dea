// What is done in the playground all day: running, reading as a table or a chart, taking along, keeping, sharing. See
// run.mjs for the environment.
import { claim, end, faults, leaveNothing, look, visit } from './browser.mjs';
import { graphiql, readAnswers, seeTrouble } from './playground-answer.mjs';
import { exportAll, openExamples, openShared, saveAndShare, seeChart } from './playground-library.mjs';
import { signIn } from './sign-in.mjs';

const base = process.argv[2].replace(/\/$/, '');
const passwords = JSON.parse(process.env.CLINICQL_PASSWORDS);

/** Comes to an address of the playground as somebody, from nowhere. */
async function enter(page, user, address = '/playground') {
  await page.goto(base + address);
  await page.getByRole('main').getByRole('link', { name: 'Sign in', exact: true }).click();
  await signIn(page, user, passwords[user]);
  await page.waitForURL(base + address);
  await page.locator('.graphiql-query-editor .view-lines').waitFor();
}

/** The other language, while something is being typed. */
async function speakGeorgian(page, shot) {
  const tool = page.locator('.library');
  if (!(await tool.isVisible())) await page.getByRole('button', { name: 'Show Saved queries' }).click();
  await tool.getByRole('textbox').first().fill('ვინ აქ არის');
  await page.getByRole('button', { name: 'ქართული' }).click();
  await tool.getByRole('heading', { name: 'შენახული მოთხოვნები' }).waitFor();
  claim((await tool.getByRole('textbox').first().inputValue()) === 'ვინ აქ არის', `${shot}: another language takes nothing away that is typed`);
  claim((await page.locator('html').getAttribute('lang')) === 'ka', `${shot}: the page says which it is`);
  await page.getByRole('group', { name: 'პასუხის ჩვენება' }).getByRole('button', { name: 'ცხრილი' }).click();
  await look(page, 'playground-georgian', graphiql);
}

try {
  await visit(base, { refusals: [400, 403, 429, 503] }, async (page) => {
    await enter(page, 'doctor');
    await readAnswers(page, 'doctor');
    await seeTrouble(page, 'doctor');
    // Neither of them chose a theme or a language, which would stay.
    await leaveNothing(page, 'doctor');
  });
  await visit(base, { acceptDownloads: true }, async (page) => {
    await enter(page, 'analyst');
    await openExamples(page, base, 'analyst');
    await seeChart(page, 'analyst');
    const link = await saveAndShare(page, base, 'analyst');
    await visit(base, {}, async (other) => {
      await enter(other, 'admin', link);
      await openShared(other, 'admin');
    });
    await exportAll(page, 'analyst');
    await leaveNothing(page, 'analyst');
    await speakGeorgian(page, 'analyst');
  });
} catch (error) {
  faults.push(error.stack);
} finally {
  await end();
}
