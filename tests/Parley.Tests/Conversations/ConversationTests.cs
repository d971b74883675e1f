using FsCheck;
using FsCheck.Fluent;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Log;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

/// <summary>What holds whatever anybody wishes, in any order: properties over generated stories.</summary>
public class ConversationTests
{
    private static readonly Author[] Authors = [ByAna.Author, ByKim.Author, ByNoor.Author, Author.System, new(AuthorKind.Bot, Guid.Empty)];
    private static readonly ConversationKind Kind = new();
    private static readonly EntryTypes Types = new(ConversationKind.Entries);

    /// <summary>A step of a story: who, what, about which entry, how many hours later.</summary>
    public sealed record Step(int Who, int What, int Of, int Hours, string Text);

    private static Gen<Step> Steps =>
        from who in Gen.Choose(0, Authors.Length - 1)
        from what in Gen.Choose(0, 20)
        from of in Gen.Choose(0, 15)
        from hours in Gen.Elements(0, 0, 0, 1, 71, 72, 73, 1_000)
        from text in Gen.Elements("Hello", "👍", "rig", "RIG", " ", "a\0b", new string('x', 10_001))
        select new Step(who, what, of, hours, text);

    [Fact]
    public void Any_sequence_of_wishes_is_decided_numbered_and_folds_to_its_state() => Check(Gone.Through, 600);

    [Fact]
    public void What_is_overwritten_comes_to_the_same_state() => Check(
        story =>
        {
            var erasable = ConversationKind.Entries.Where(type => type.Erasable).Select(type => type.Name).ToHashSet();
            var forgotten = story.Log.Select(entry => erasable.Contains(entry.Type) ? entry with { Body = new RedactedBody("erased") } : entry);
            Gone.Fold(forgotten).ShouldBe(Gone.Fold(story.Log));
        },
        300);

    [Fact]
    public void A_repeated_wish_that_changes_a_state_changes_it_once() => Check(
        story =>
        {
            foreach (var command in story.Idempotent())
            {
                var again = story.Decide(command);
                (again.Refusal is not null || again.Drafts.IsEmpty).ShouldBeTrue($"{command} was done already.");
            }
        },
        300);

    private static void Check(Action<Gone> property, int times) => Prop
        .ForAll(Arb.From(Gen.ListOf(Steps)), steps =>
        {
            var story = new Gone();
            foreach (var step in steps)
            {
                story.Go(step);
                property(story);
            }
        })
        .Check(Config.QuickThrowOnFailure.WithMaxTest(times).WithEndSize(40));

    /// <summary>The way a story went: its log, and the state that grew with it.</summary>
    private sealed class Gone
    {
        private DateTimeOffset _now = Noon;
        private Command? _last;

        public List<Entry> Log { get; } = [];

        public Conversation State { get; private set; } = Conversation.None;

        public static string Fold(IEnumerable<Entry> log) => Kind.Write(log.Aggregate((object)Conversation.None, Kind.Apply));

        public static void Through(Gone story)
        {
            story.Log.Select(entry => entry.Seq).ShouldBe(Enumerable.Range(1, story.Log.Count).Select(i => (long)i));
            var read = story.Log.Select(entry => entry with { Body = Types.Read(entry.Type, entry.V, entry.BodyJson) });
            Fold(read).ShouldBe(Kind.Write(story.State), "The log as it is stored folds to the state.");
            Kind.Write(Kind.Read(Kind.Write(story.State))).ShouldBe(Kind.Write(story.State), "A state is read back as it was written.");
            story.Hold();
        }

        public void Go(Step step)
        {
            _now += TimeSpan.FromHours(step.Hours);
            _last = Wish(step);
            var decision = Decide(_last);
            if (decision.Refusal is { } refusal)
            {
                refusal.Code.ShouldMatch(@"^[a-z]+(\.[a-zA-Z]+)+$");
                refusal.Status.ShouldBeInRange(400, 499);
                decision.Drafts.ShouldBeEmpty();
            }

            foreach (var draft in decision.Drafts)
            {
                Append(_last, draft);
            }

            foreach (var overwrite in decision.Overwrites)
            {
                Overwrite(overwrite);
            }
        }

        public Decision Decide(Command command) =>
            Kind.Decide(State, command, new Deciding(_now, Log.Count, command.Others.ToDictionary(subject => subject, _ => ((object)"", 1L))));

        /// <summary>The last wish, where doing it twice must be doing it once.</summary>
        public IEnumerable<Command> Idempotent() => _last is not null and not (Post or WriteNote or Edit or React or Parley.Conversations.Seen) ? [Refreshed(_last)] : [];

        private Command Refreshed(Command command) => command switch
        {
            Delete delete => delete with { Target = About(delete.Of) },
            Redact redact => redact with { Target = About(redact.Of) },
            _ => command,
        };

        private Command Wish(Step step)
        {
            var by = new Origin(Lighthouse, Authors[step.Who], $"{Log.Count}");
            var content = Content.Of(step.Text);
            return step.What switch
            {
                0 or 1 or 2 => new Open(by, It, Shop, Brand, "web", Ana, Blended, new Introduction(new Subject("contact", Ana.Value), [], []), content),
                3 or 4 => new Post(by, It, step.Of > 10 ? content with { Quote = step.Of } : content, Blended, About(step.Of)),
                5 => new WriteNote(by, It, step.Text),
                6 => new Edit(by, It, step.Of, content, About(step.Of)),
                7 => new Delete(by, It, step.Of, About(step.Of)),
                8 => new React(by, It, step.Of, step.Text, step.Hours == 0, About(step.Of)),
                9 => new Assign(by, It, step.Of % 3 == 0 ? Kim : null, step.Of % 2 == 0 ? Sails : null, step.Of != 9, step.Of != 8),
                10 => new Snooze(by, It, _now.AddHours(step.Of - 3)),
                11 => new EndSnooze(by, It),
                12 => new Pend(by, It, (PendingOn)(step.Of % 2)),
                13 => new EndPending(by, It),
                14 => new Close(by, It),
                15 => new Reopen(by, It),
                16 => new Label(by, It, step.Text),
                17 => new Unlabel(by, It, step.Text),
                18 => new SetPriority(by, It, (Priority)(step.Of % 4)),
                19 => step.Of > 12 ? new Erase(by, It, "asked") : new Redact(by, It, step.Of, "asked", About(step.Of)),
                _ => step.Of > 7 ? new Parley.Conversations.Seen(by, It, step.Of) : new Wake(by, It),
            };
        }

        private Target? About(long seq) => Parley.Conversations.Target.Of(Log.Find(entry => entry.Seq == seq));

        private void Append(Command command, Draft draft)
        {
            var type = Types.Of(draft.Body);
            var entry = new Entry
            {
                Workspace = Lighthouse, Subject = command.Subject, Seq = Log.Count + 1, Position = Log.Count + 1, At = _now, Type = type.Name, V = type.V,
                Author = draft.Author ?? command.Origin.Author, Visibility = draft.Visibility ?? draft.Body.Visibility, Command = command.Origin.ClientId, Body = draft.Body,
            };
            Log.Add(entry);
            State = (Conversation)Kind.Apply(State, entry);
        }

        private void Overwrite(Overwrite overwrite)
        {
            for (var i = 0; i < Log.Count; i++)
            {
                if (Log[i].Seq == overwrite.Seq || (overwrite.Seq is null && Types.Erasable.Contains(Log[i].Type)))
                {
                    Log[i] = Log[i] with { Body = new RedactedBody(overwrite.Reason) };
                }
            }
        }

        /// <summary>What is true of every conversation at every moment.</summary>
        private void Hold()
        {
            (State.Status == Status.Snoozed).ShouldBe(State.SnoozedUntil is not null);
            (State.Status == Status.Pending).ShouldBe(State.PendingOn is not null);
            (State.Status == Status.Closed && State.EpisodeOpen).ShouldBeFalse("What is closed has no open episode.");
            (State.EpisodeOpen && State.Episode == 0).ShouldBeFalse();
            State.Labels.Select(label => label.ToUpperInvariant()).ShouldBeUnique();
            State.LastMessage.ShouldBe(Log.LastOrDefault(entry => entry.Type == "message")?.Seq ?? 0);
            Log.Where(entry => entry is { Type: "message", Author.Kind: AuthorKind.System }).ShouldBeEmpty("The system never writes a message.");
            Log.Where(entry => entry.Type == "note" && entry.Visibility == Visibility.Public).ShouldBeEmpty();
            State.Exists.ShouldBe(Log.Count > 0);
        }
    }
}
