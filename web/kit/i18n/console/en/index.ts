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

/** The console in English: the first language, whose keys the others must have. A file for each feature, under the feature’s name. */
export default { ...app, ...actions, ...answering, ...inbox, ...conversations, ...live, ...mailing, ...supervising, ...views, ...visiting, ...refusals };
