// Drives the pages of a running server in a real browser.
//
//   CLINICQL_LOGIN=doctor CLINICQL_PASSWORD=… node e2e/run.mjs http://localhost:8080 [folder for screenshots]
//
// The login is one of a role that may read patients. CLINICQL_SET_UP_LINK is the link that a server without users
// prints, of another server as a rule: with it the set-up is tried too, which leaves users there. CHROMIUM says where
// the browser is. It fails when a page does not do what it should, when axe finds fault with one, when a request leaves
// the server's origin, when a policy is violated, when the browser reports an error, or when anything is left in the
// browser's storage.
import { end, faults, leaveNothing, looks, visit } from './browser.mjs';
import { openTools, runDefaultQuery } from './editor.mjs';
import { setUpClinic } from './set-up.mjs';
import { lookAround, outliveSession, signInFromPlayground, signOutEverywhere, visitStartPage } from './sign-in.mjs';

const base = process.argv[2]?.replace(/\/$/, '');
const { CLINICQL_LOGIN: name, CLINICQL_PASSWORD: password, CLINICQL_SET_UP_LINK: link } = process.env;
if (!base || !name || !password) {
  console.error('usage: CLINICQL_LOGIN=NAME CLINICQL_PASSWORD=PASSWORD node e2e/run.mjs BASE-URL [SCREENSHOT-FOLDER]');
  process.exit(2);
}

try {
  await visit(base, {}, (page) => lookAround(page, base, name, password));
  for (const { name: shot, colorScheme, viewport } of looks.slice(0, 3)) {
    await visit(base, { colorScheme, viewport }, async (page, context) => {
      await visitStartPage(page, base, shot);
      await signInFromPlayground(page, base, name, password, shot);
      if (shot === 'phone') return;
      await runDefaultQuery(page, shot);
      await openTools(page, shot);
      await outliveSession(page, context, base, name, password, shot);
      await signOutEverywhere(page, base, name, password, shot);
      await leaveNothing(page, shot);
    });
  }
  if (link) await setUpClinic(link);
} catch (error) {
  faults.push(error.stack);
} finally {
  await end();
}
