import actions from './actions';
import answering from './answering';
import app from './app';
import brands from './brands';
import contacts from './contacts';
import contents from './contents';
import conversations from './conversations';
import inbox from './inbox';
import live from './live';
import notifications from './notifications';
import people from './people';
import refusals from './refusals';
import setup from './setup';
import views from './views';
import workspaces from './workspaces';

/** Die Konsole auf Deutsch. */
export default { ...app, ...actions, ...answering, ...inbox, ...conversations, ...live, ...notifications, ...contacts, ...contents, ...brands, ...views, ...workspaces, ...setup, ...people, ...refusals };
