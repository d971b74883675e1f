import actions from './actions';
import answering from './answering';
import app from './app';
import conversations from './conversations';
import inbox from './inbox';
import live from './live';
import mailing from './mailing';
import refusals from './refusals';
import supervising from './supervising';
import views from './views';
import visiting from './visiting';

/** Die Konsole auf Deutsch. */
export default { ...app, ...actions, ...answering, ...inbox, ...conversations, ...live, ...mailing, ...supervising, ...views, ...visiting, ...refusals };
