import { Http } from '$client';
import { TeamApi } from '../../../client/team';

/** Over the same cookie as everything else; fetched with the screens that need it. */
export const teamApi = new TeamApi(new Http({ headers: { 'X-Parley': '1' } }));
