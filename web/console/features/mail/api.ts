import { MailApi } from '$client';
import { seat } from '../../app/seat.svelte';

export const mailApi = new MailApi(seat.http);
