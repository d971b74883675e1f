import { seat } from '../../app/seat.svelte';
import { TeamApi } from '../../../client/team';

/** Over the same cookie as everything else; fetched with the screens that need it. */
export const teamApi = new TeamApi(seat.http);
