using System.Text.Json;
using System.Text.Json.Nodes;
using Parley.Contacts;
using Parley.Conversations;
using Parley.Conversations.Shapes;
using Parley.Log;
using Parley.Platform;
using Shouldly;
using static Parley.Tests.Conversations.Story;

namespace Parley.Tests.Conversations;

/// <summary>
/// The golden conversations: the server decides and folds them here, the browser's client folds the same entries in its own tests, and both must come
/// to the same. Written to <c>web/contract/fixtures</c>; PARLEY_CONTRACT_WRITE=1 writes them anew.
/// </summary>
public class GoldenTests
{
    private const string How = """{"type":"quickReplies","text":"How should we send it?","replies":[{"id":"post","text":"Post"},{"id":"parcel","text":"Parcel"}]}""";
    private const string Order = """{"type":"form","form":{"id":"who","fields":[{"name":"order","type":"number","label":{"en":"Order","de":"Bestellung"},"required":true}]}}""";
    private static readonly Told HowWasIt = new("rating.ask", new Dictionary<string, string>(), "How did we do?", "en");
    private static readonly JsonSerializerOptions Indented = new(Json.Options) { WriteIndented = true };

    [Theory]
    [InlineData("first-answer")]
    [InlineData("snooze-and-return")]
    [InlineData("third-party")]
    [InlineData("labels-and-priority")]
    [InlineData("closed-and-reopened")]
    [InlineData("an-agent-begins")]
    [InlineData("taken-back")]
    [InlineData("erased")]
    [InlineData("handed-over")]
    [InlineData("asked-and-answered")]
    [InlineData("rated")]
    [InlineData("form-before-the-chat")]
    [InlineData("live-and-back")]
    [InlineData("promised-and-kept")]
    [InlineData("offered-around")]
    [InlineData("strict-and-ended")]
    [InlineData("sent-later")]
    public void The_committed_conversation_is_what_the_server_does(string name)
    {
        var told = Tell(name).ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";
        var path = Path.Combine(Root(), "web", "contract", "fixtures", $"{name}.json");
        if (Environment.GetEnvironmentVariable("PARLEY_CONTRACT_WRITE") is { Length: > 0 })
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, told);
        }

        File.Exists(path).ShouldBeTrue($"{name} is not written yet: make contract");
        File.ReadAllText(path).ShouldBe(told, $"The server no longer does what {name}.json says. If it is meant so: make contract, and look at the difference.");
    }

    private static JsonObject Tell(string name)
    {
        var golden = new Golden();
        switch (name)
        {
            case "first-answer":
                golden.Opens(ByAna, "Where does the halyard go?").Cut().Says(ByKim, "Through the block at the masthead.").Says(ByAna, "Thank you!");
                break;
            case "snooze-and-return":
                golden.Opens(ByAna, "When is the sail ready?").Does(new Snooze(ByKim, It, Noon.AddDays(2))).Cut().Later(24).Says(ByAna, "Any news?")
                    .Does(new Snooze(ByKim, It, Noon.AddDays(3))).Later(72).Does(new Wake(ByKim with { Author = Author.System }, It));
                break;
            case "third-party":
                // She begins with a note, so that the customer's word opens an episode while others are waited for.
                golden.Opens(ByKim, "Your mast has arrived").Does(new Pend(ByKim, It, PendingOn.ThirdParty)).Cut().Says(ByAna, "And the boom?").Does(new Pend(ByKim, It, PendingOn.Customer)).Says(ByAna, "It is fine.");
                break;
            case "labels-and-priority":
                golden.Opens(ByAna, "Help").Does(new Label(ByKim, It, "Rig")).Does(new Label(ByKim, It, "sails")).Cut().Does(new SetPriority(ByKim, It, Priority.Urgent)).Does(new Unlabel(ByKim, It, "RIG"));
                break;
            case "closed-and-reopened":
                golden.Opens(ByAna, "Help").Says(ByKim, "Done").Does(new Close(ByKim, It)).Cut().Later(24).Says(ByAna, "Not yet").Does(new Close(ByKim, It)).Later(100).Says(ByAna, "Another thing")
                    .Does(new Close(ByKim, It)).Does(new Reopen(ByKim, It));
                break;
            case "an-agent-begins":
                golden.Opens(ByKim, "Your order is ready").Does(new WriteNote(ByKim, It, "Called her, no answer", [Noor])).Cut().Later(1).Says(ByAna, "I come tomorrow");
                break;
            case "taken-back":
                golden.Opens(ByAna, "My card is 4111").Does(to => new Edit(ByAna, It, 3, Content.Of("My card is …"), to(3))).Does(to => new React(ByKim, It, 3, "👍", true, to(3))).Cut()
                    .Does(to => new Delete(ByAna, It, 3, to(3))).Does(new WriteNote(ByKim, It, "She sent a password")).Does(to => new Redact(ByKim, It, 7, "password", to(7)));
                break;
            case "erased":
                golden.Opens(ByAna, "Forget me").Says(ByKim, "As you wish").Cut().Does(new Erase(ByKim, It, "asked"));
                break;
            case "handed-over":
                golden.Opens(ByAna, "Sails?").Does(new Assign(ByKim, It, null, Sails)).Does(new Assign(ByNoor, It, Noor, null)).Cut().Does(new Assign(ByNoor, It, null, null)).Says(ByKim, "I have it");
                break;
            case "asked-and-answered":
                golden.Opens(ByAna, "I would like a halyard").Does(Shapes.Asking.Sends(How)).Cut().Does(Shapes.Asking.Answers(How, """{"type":"text","choice":"parcel"}"""))
                    .Does(Shapes.Asking.Sends(Order)).Does(Shapes.Asking.Answers(Order, """{"type":"formResponse","values":{"order":17}}""", of: 8)).Does(new Close(ByKim, It));
                break;
            case "rated":
                golden.Opens(ByAna, "All is well").Does(new Close(ByKim, It, HowWasIt)).Cut().Does(new Rate(ByAna, It, 6, 4, "Quick", new Question(6, Rating: new RatingAsked(1, Mode.Messaging, HowWasIt))))
                    .Does(to => new Redact(ByKim, It, 7, "a name", to(7)));
                break;
            case "form-before-the-chat":
                golden.Does(Golden.Opening("Is the jib in stock?") with { Answer = new FormAnswer("who", new Dictionary<string, FormValue> { ["order"] = 17 }), Form = Shapes.Asking.Said(Order).Form, Languages = ["en"] })
                    .Cut().Says(ByKim, "It is");
                break;
            case "live-and-back":
                golden.Here().Opens(ByAna, "Is somebody here?").Offer(Kim).Cut().Accept(Kim).Says(ByKim, "I am").Does(new ContactLeft(ByKim with { Author = Author.System }, It, 1))
                    .Does(new ContactCame(ByKim with { Author = Author.System }, It, 2)).Says(ByAna, "Where is my sail?").Does(new ContactLeft(ByKim with { Author = Author.System }, It, 3)).Passes(130)
                    .Says(ByKim, "On its way").Passes(3 * 86_400).Says(ByAna, "Thank you");
                break;
            case "promised-and-kept":
                golden.Gone().Opens(ByAna, "When do you open?").Cut().Says(ByKim, "At nine").Says(ByAna, "And on Sundays?").Does(new GoOnLater(ByKim, It, Kim, Noon.AddHours(4))).Passes(5 * 3_600)
                    .Says(ByKim, "Never").Does(new Close(ByKim, It));
                break;
            case "offered-around":
                golden.Here().Opens(ByAna, "Is somebody here?").Offer(Kim).Cut().Does(new DeclineOffer(ByKim, It, Scene.OfferId, Kim)).Offer(Noor).Passes(50).Passes(80).Says(ByKim, "Now I am")
                    .Does(new AgentLeft(ByKim with { Author = Author.System }, It, Kim, 4)).Passes(31).Offer(Noor).Accept(Noor).Does(new Assign(ByNoor, It, null, Sails));
                break;
            case "strict-and-ended":
                golden.Strict().Here().Opens(ByAna, "Is somebody here?").Offer(Kim).Accept(Kim).Says(ByKim, "I am").Cut().Passes(250).Passes(400);
                break;
            case "sent-later":
                golden.Opens(ByAna, "Is it ready?").Does(Later("Tomorrow", 24)).Does(Later("Wrong", 30)).Cut().Does(to => new Unschedule(ByKim, It, 5, to(5))).Later(24)
                    .Does(new Wake(ByKim with { Author = Author.System }, It) { Departures = [new Departure(4, new Post(ByKim, It, Content.Of("Tomorrow"), Blended))] })
                    .Does(Later("My card is 4111", 30)).Does(to => new Redact(ByKim, It, 10, "a card number", to(10)));
                break;
            default:
                throw new ArgumentException(name);
        }

        return golden.Fixture();
    }

    private static Schedule Later(string text, int hours) => new(ByKim, It, new Post(ByKim, It, Content.Of(text), Blended), Noon.AddHours(hours), null);

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Parley.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The golden conversations are written in the tree.");
        }

        return folder.FullName;
    }

    /// <summary>A conversation that is decided and folded without a store, every id and time of it known.</summary>
    private sealed class Golden
    {
        private static readonly ConversationKind Kind = new();
        private static readonly EntryTypes Types = new(ConversationKind.Entries);
        private static readonly EntryWire Wire = new((_, author) => author.Kind == AuthorKind.Agent ? new Face(author.Id == Kim.Value ? "Kim" : "Noor") : null, (file, _) => $"/files/{file}");

        private readonly List<Entry> _log = [];
        private DateTimeOffset _now = Noon;
        private Conversation _state = Conversation.None;
        private JsonObject? _before;
        private Moment? _moment;
        private Terms _terms = Blended;
        private int _cut;

        /// <summary>Both are here, and both agents are online.</summary>
        public Golden Here()
        {
            _moment = new Moment
            {
                Contact = new Here(true, 0), Agent = new Here(true, 0), Floor = new Floor(2, 2, 0), Telling = Telling.Plain with { Names = id => id == Kim ? "Kim" : "Noor" },
            };
            return this;
        }

        /// <summary>Nobody is.</summary>
        public Golden Gone()
        {
            _moment = new Moment { Telling = Telling.Plain with { Names = id => id == Kim ? "Kim" : "Noor" } };
            return this;
        }

        public Golden Strict()
        {
            _terms = new Terms("strictLive", 72);
            return this;
        }

        public Golden Offer(AgentId agent) => Does(new OfferTo(ByKim with { Author = Author.System }, It, Scene.OfferId, agent));

        public Golden Accept(AgentId agent) => Does(new AcceptOffer(Scene.By(agent), It, Scene.OfferId, agent));

        /// <summary>What is due meanwhile is done.</summary>
        public Golden Passes(int seconds)
        {
            var until = _now.AddSeconds(seconds);
            for (; Kind.Due(_state) is { } due && due <= until; _now = due)
            {
                _now = due;
                Does(new Wake(ByKim with { Author = Author.System }, It));
            }

            _now = until;
            return this;
        }

        public static Open Opening(string text) => new(ByAna, It, Shop, Brand, "web", Ana, Blended, new Introduction(new Subject("contact", Ana.Value), [], []), Content.Of(text));

        public Golden Opens(Origin by, string text) => Does(Opening(text) with { Origin = by, Terms = _terms });

        public Golden Says(Origin by, string text) => Does(new Post(by, It, Content.Of(text), _terms));

        public Golden Does(Func<Func<long, Target?>, Command> about) => Does(about(seq => Target.Of(_log.Find(entry => entry.Seq == seq))));

        public Golden Does(Command command)
        {
            command = command is ConversationCommand moved && _moment is not null ? moved with { Moment = _moment } : command;
            var decision = Kind.Decide(_state, command, new Deciding(_now, _log.Count, command.Others.ToDictionary(subject => subject, _ => ((object)"", 1L))));
            decision.Refusal.ShouldBeNull();
            decision.Drafts.ShouldNotBeEmpty();
            foreach (var draft in decision.Drafts)
            {
                Append(command, draft);
            }

            foreach (var overwrite in decision.Overwrites)
            {
                Overwrite(overwrite);
            }

            return this;
        }

        public Golden Later(int hours)
        {
            _now += TimeSpan.FromHours(hours);
            return this;
        }

        /// <summary>Here the client has its first look.</summary>
        public Golden Cut()
        {
            (_before, _cut) = (Standing(), _log.Count);
            return this;
        }

        public JsonObject Fixture() => new()
        {
            ["before"] = _before,
            ["entries"] = new JsonArray([.. _log.Skip(_cut).Select(entry => Shown(entry, Audience.Agent))]),
            ["after"] = Standing(),
            ["all"] = new JsonArray([.. _log.Select(entry => Shown(entry, Audience.Agent))]),
            ["customer"] = new JsonArray([.. _log.Where(entry => entry.Visibility == Visibility.Public).Select(entry => Shown(entry, Audience.Customer))]),
        };

        private static JsonNode Shown(Entry entry, Audience audience) => JsonNode.Parse(Wire.Write(entry, audience, own: false))!;

        /// <summary>What a row says that follows from the entries alone, in the words of the wire.</summary>
        private JsonObject Standing()
        {
            var standing = new JsonObject
            {
                ["status"] = Word(_state.Status),
                ["mode"] = Word(_state.Mode),
                ["holder"] = Holder(),
                ["priority"] = Word(_state.Priority),
                ["labels"] = new JsonArray([.. _state.Labels.Select(label => (JsonNode)label)]),
                ["lastSeq"] = _log.Count,
                ["lastMessageSeq"] = _state.LastMessage,
            };
            Add(standing, "team", _state.Team?.ToString());
            Add(standing, "pendingOn", _state.PendingOn is { } on ? Word(on) : null);
            Add(standing, "snoozedUntil", _state.SnoozedUntil is { } until ? Json.Text(until) : null);
            if (_state.Promise is { } promise)
            {
                standing["promise"] = new JsonObject { ["due"] = Json.Text(promise.Due), ["spoken"] = Json.Text(promise.Shown), ["ground"] = Word(promise.Ground) };
                if (promise.Broken)
                {
                    standing["promise"]!["broken"] = true;
                }
            }

            if (_state.Offer is { } offer)
            {
                standing["offer"] = new JsonObject { ["id"] = offer.Id.ToString(), ["agent"] = offer.Agent.ToString(), ["until"] = Json.Text(offer.Until) };
            }

            if (_state.Episode > 0)
            {
                standing["episode"] = _state.Episode;
            }

            return standing;
        }

        private JsonObject Holder() => _state switch
        {
            { Agent: { } agent } => new() { ["kind"] = "agent", ["id"] = agent.ToString() },
            { Team: { } team } => new() { ["kind"] = "queue", ["id"] = team.ToString() },
            _ => new() { ["kind"] = "nobody" },
        };

        private static void Add(JsonObject standing, string name, string? value)
        {
            if (value is not null)
            {
                standing[name] = value;
            }
        }

        private static string Word<T>(T value)
            where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

        private void Append(Command command, Draft draft)
        {
            var type = Types.Of(draft.Body);
            var visibility = draft.Visibility ?? draft.Body.Visibility;
            var entry = new Entry
            {
                Workspace = Lighthouse, Subject = command.Subject, Seq = _log.Count + 1, Position = _log.Count + 1, At = _now, Type = type.Name, V = type.V,
                Prev = visibility == Visibility.Public ? _log.LastOrDefault(earlier => earlier.Visibility == Visibility.Public)?.Seq ?? 0 : null,
                Author = draft.Author ?? command.Origin.Author, Visibility = visibility, Command = command.Origin.ClientId, Body = draft.Body,
            };
            _log.Add(entry);
            _state = (Conversation)Kind.Apply(_state, entry);
        }

        private void Overwrite(Overwrite overwrite)
        {
            for (var i = 0; i < _log.Count; i++)
            {
                var about = _log[i].Body is Edited edited && edited.Of == overwrite.Seq;
                if (_log[i].Seq == overwrite.Seq || about || (overwrite.Seq is null && Types.Erasable.Contains(_log[i].Type)))
                {
                    _log[i] = _log[i] with { Body = new RedactedBody(overwrite.Reason) };
                }
            }
        }
    }
}
