import { RoutingApi } from '$client';
import { seat } from '../../app/seat.svelte';

/** What only screens that are opened later ask for. */
export const routing = new RoutingApi(seat.http);
