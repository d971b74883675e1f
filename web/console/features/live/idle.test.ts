import { expect, it } from 'vitest';
import { Idle } from './idle';

function chair() {
  const told: string[] = [];
  const clock = { now: 0 };
  const idle = new Idle(() => clock.now, () => told.push('idle'), () => told.push('back'), 1_000);
  return { told, clock, idle };
}

it('tells once that nobody sits here, and once that somebody is back', () => {
  const { told, clock, idle } = chair();
  clock.now = 999;
  idle.look();
  expect(told).toEqual([]);
  clock.now = 1_000;
  idle.look();
  clock.now = 5_000;
  idle.look();
  expect(told).toEqual(['idle']);
  idle.input();
  idle.input();
  expect(told).toEqual(['idle', 'back']);
});

it('counts from the last input', () => {
  const { told, clock, idle } = chair();
  clock.now = 900;
  idle.input();
  clock.now = 1_800;
  idle.look();
  expect(told).toEqual([]);
  clock.now = 1_900;
  idle.look();
  expect(told).toEqual(['idle']);
});
