import { ChannelsApi } from '$client';
import { seat } from '../../app/seat.svelte';

export const channelsApi = new ChannelsApi(seat.http);
