using FsCheck;
using FsCheck.Fluent;
using Parley.Conversations;
using Parley.Log;
using Parley.Workspaces;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

/// <summary>What holds after whatever course: any sequence of arrivals, departures, words, wake-ups, offers and answers, in any profile.</summary>
public class CourseTests
{
    private static readonly Profile[] Profiles = [Profile.Blended, Profile.StrictLive, Profile.Messaging];
    private static readonly int[] Seconds = [0, 1, 6, 20, 40, 61, 125, 250, 700, 4_000, 90_000, 200_000];

    public sealed record Step(int What, int Time, bool Kim, int Staff);

    private static Gen<Step> Steps =>
        from what in Gen.Choose(0, 23)
        from time in Gen.Choose(0, Seconds.Length * 2)
        from kim in Gen.Elements(true, false)
        from staff in Gen.Choose(0, 5)
        select new Step(what, time, kim, staff);

    [Fact]
    public void Whatever_happens_everybody_who_waits_is_looked_after() => Check((scene, _) => Hold(scene), 400);

    [Fact]
    public void There_is_one_thread_whose_modes_follow_one_another() => Check(
        (scene, _) =>
        {
            var mode = Mode.Messaging;
            foreach (var entry in scene.Log)
            {
                mode = entry.Body is Opened opened ? opened.Mode ?? Mode.Messaging : entry.Body is ModeChanged changed ? Next(mode, changed) : mode;
            }

            mode.ShouldBe(scene.State.Mode);
        },
        200);

    [Fact]
    public void There_is_at_most_one_current_promise_and_it_is_the_one_of_the_log() => Check(
        (scene, _) =>
        {
            var current = 0;
            foreach (var entry in scene.Log)
            {
                current = entry.Body switch
                {
                    Promised promised => promised.Ground == Ground.Agent || current == 0 ? 1 : throw new InvalidOperationException("A second promise beside the first."),
                    PromiseKept or Closed or ModeChanged { To: Mode.Ended } => 0,
                    Message when entry.Author.Kind == AuthorKind.Agent && Broken(scene, entry) => 0,
                    _ => current,
                };
            }

            (scene.State.Promise is null ? 0 : 1).ShouldBe(current);
        },
        200);

    [Fact]
    public void Nothing_is_said_twice_in_an_episode() => Check(
        (scene, _) =>
        {
            var said = new HashSet<string>();
            foreach (var entry in scene.Log)
            {
                if (entry.Body is EpisodeOpened)
                {
                    said.Clear();
                }
                else if (Told(entry.Body) is { } told)
                {
                    said.Add(told.Key).ShouldBeTrue(told.Text);
                }
            }
        },
        200);

    [Fact]
    public void A_wake_that_comes_too_early_or_twice_does_nothing() => Check(
        (scene, _) =>
        {
            var seq = scene.Log.Count;
            scene.Wake();
            scene.Log.Count.ShouldBe(seq, scene.Last);
        },
        150);

    private static Told? Told(EntryBody body) => body switch
    {
        Promised it => it.Told,
        PromiseRenewed it => it.Told,
        Requeued it => it.Told,
        SessionEnded it => it.Told,
        Soothed it => it.Told,
        Closed it => it.Told,
        _ => null,
    };

    private static Mode Next(Mode mode, ModeChanged changed)
    {
        changed.From.ShouldBe(mode);
        changed.To.ShouldNotBe(mode);
        changed.Cause.ShouldNotBeEmpty();
        return changed.To;
    }

    private static bool Broken(Scene scene, Entry answer) =>
        scene.Log.TakeWhile(entry => entry.Seq < answer.Seq).LastOrDefault(entry => entry.Body is Promised or PromiseKept or PromiseBroken or Closed)?.Body is PromiseBroken;

    /// <summary>What is true of every conversation at every moment.</summary>
    private static void Hold(Scene scene)
    {
        var (it, now) = (scene.State, scene.Now);
        (scene.Due is null || scene.Due > now).ShouldBeTrue($"What is due is done: {scene.Due:O}, {now:O}, {it}");
        var awaited = it.Mode is Mode.Waiting or Mode.Live or Mode.Paused;
        (it.Customer is not null).ShouldBe(awaited);
        (it.Session is not null).ShouldBe(it.Mode is Mode.Live or Mode.Paused);
        switch (it.Mode)
        {
            case Mode.Live:
                it.Agent.ShouldNotBeNull();
                it.Holder.ShouldNotBeNull();
                it.Customer!.Value.Present.ShouldBeTrue("Never live without the customer.");
                (it.Holder.Value.Present || scene.Due is not null).ShouldBeTrue("Never live without the agent, but for the grace time.");
                break;
            case Mode.Paused:
                it.Agent.ShouldNotBeNull();
                it.Customer!.Value.Present.ShouldBeFalse();
                scene.Due.ShouldNotBeNull("A pause ends.");
                break;
            case Mode.Waiting:
                it.Queue.ShouldNotBeNull();
                it.Agent.ShouldBeNull();
                break;
            default:
                it.Holder.ShouldBeNull();
                break;
        }

        (it.Mode == Mode.Ended && it.Status != Status.Closed).ShouldBeFalse("What is over for good is closed: nobody can answer there.");
        if (it is { WaitingSince: not null, Status: not Status.Closed })
        {
            (it.Promise is not null || scene.Due is not null).ShouldBeTrue($"Whoever waits has a promise or a wake-up: {it}");
            (it.Mode is not (Mode.Messaging or Mode.Dormant) || it.Promise is not null).ShouldBeTrue($"Whoever waits for a message has a promise: {it}");
        }

        if (it.Offer is not null)
        {
            it.Agent.ShouldBeNull();
            scene.Due.ShouldNotBeNull();
        }

        (it.Status == Status.Closed && (awaited || it.Promise is not null || it.Offer is not null)).ShouldBeFalse("Nobody is awaited in what is closed.");
    }

    private static void Check(Action<Scene, Step> property, int times) => Prop
        .ForAll(Arb.From(Gen.ListOf(Steps)), steps =>
        {
            var all = steps.ToList();
            var scene = new Scene(Profiles[all.Count % 3], new Switches { WhenClosed = WhenClosed.Messaging, AutoAccept = all.Count % 5 == 0, WhenAgentLeaves = all.Count % 4 == 0 ? WhenAgentLeaves.End : null, GraceSeconds = Zero(6), AgentGraceSeconds = Zero(5), LiveWaitSeconds = Zero(8), QueueLimit = Zero(9) });
            scene.AnaHere = all.Count % 7 != 0;
            scene.Opens();
            foreach (var step in all)
            {
                Play(scene, step);
                scene.After(0);
                property(scene, step);
            }

            int? Zero(int each) => all.Count % each == 1 ? 0 : null;
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(times).WithEndSize(60));

    private static void Play(Scene scene, Step step)
    {
        var agent = step.Kim ? Kim : Noor;
        if (step.Time < Seconds.Length)
        {
            scene.After(Seconds[step.Time]);
        }

        _ = step.What switch
        {
            0 or 1 or 2 => scene.Writes(step.Staff == 0 ? "Thanks!" : "And?"),
            3 or 4 => scene.Answers(agent),
            5 => scene.AnaLeaves(),
            6 or 7 => scene.AnaComes(),
            8 => scene.Leaves(agent),
            9 => scene.Comes(agent),
            10 or 11 => scene.Offered(agent),
            12 or 13 => scene.Accepts(agent),
            14 => scene.Declines(agent),
            15 => scene.Does(by => new RequestLive(by, It), ByAna),
            16 => scene.Does(by => new EndSession(by, It), step.Kim ? ByAna : ByNoor),
            17 => scene.Does(by => new Assign(by, It, step.Staff < 3 ? agent : null, step.Staff % 2 == 0 ? Sails : null), ByNoor, agent),
            18 => scene.Does(by => new GoOnLater(by, It, agent, step.Staff < 3 ? scene.Now.AddHours(step.Staff + 1) : null), Scene.By(agent), agent),
            19 => scene.Closes(agent),
            20 => scene.Does(by => new Reopen(by, It), Scene.By(agent), agent),
            21 => Staffed(scene, step),
            22 => scene.Does(by => new HandOver(by, It, agent, Sails), Scene.System),
            _ => scene.Does(by => new StayHere(by, It), ByAna),
        };
    }

    /// <summary>The hours begin or end, the queue fills.</summary>
    private static Scene Staffed(Scene scene, Step step)
    {
        scene.Open = step.Staff > 1;
        scene.OpensAt = scene.Open ? null : scene.Now.AddHours(step.Staff + 1);
        scene.Waiting = step.Staff == 5 ? 60 : 0;
        scene.Over = step.Staff == 1;
        scene.Wait = step.Staff == 4 ? TimeSpan.FromMinutes(7) : null;
        return scene;
    }
}
