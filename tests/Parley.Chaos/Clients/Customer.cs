using System.Net;
using Parley.Chaos.Proof;
using Parley.Chaos.Staging;

namespace Parley.Chaos.Clients;

/// <summary>
/// A customer at a site. They write, are impatient, send again what they were not told of, out of order and to another node, and at times what they were told of already: to that the
/// first answer must come again.
/// </summary>
internal sealed class Customer : IDisposable
{
    private readonly Stage _stage;
    private readonly Witness _witness;
    private readonly Ledger _ledger;
    private readonly House _house;
    private readonly char _inbox;
    private readonly int _number;
    private readonly Random _random;
    private readonly List<Said> _mine = [];
    private readonly List<Said> _owed = [];
    private string? _resume;
    private int _era;

    public Customer(Stage stage, Witness witness, Ledger ledger, House house, (char Inbox, int Number) who, int seed)
    {
        (_stage, _witness, _ledger, _house, _inbox, _number) = (stage, witness, ledger, house, who.Inbox, who.Number);
        _random = new Random(seed);
        Line = new Line(stage, witness, $"customer {house.Letter}{who.Inbox}{who.Number}", May) { At = who.Number, Renew = Begin };
        Screen = new Screen(stage, witness, Line, agent: false);
    }

    /// <summary>From this number on they leave an address and are away: no stream is theirs, and answers come by mail.</summary>
    public const int Away = 90;

    public bool IsAway => _number >= Away;

    public string Address => $"{_house.Letter}{_inbox}{_number}@example.test";

    /// <summary>Whether a word is for their eyes.</summary>
    public bool Sees(Mark mark) => May(mark);

    public Line Line { get; }

    /// <summary>What they see of it.</summary>
    public Screen Screen { get; }

    public string? Conversation { get; private set; }

    private string Messages => $"/v1/widget/conversations/{Conversation}/messages";

    public async Task Write(CancellationToken stop)
    {
        await Line.Ask(HttpMethod.Get, "/v1/widget/conversations", null, stop);
        while (!stop.IsCancellationRequested)
        {
            Restored();
            if (Conversation is null)
            {
                await Open(stop);
            }
            else
            {
                await Some(stop);
            }

            await Line.Pause(_random.Next(40, 160) * (IsAway ? 8 : 1), stop);
        }
    }

    /// <summary>All of the thread, as a fresh read gives it.</summary>
    public async Task<Dictionary<long, string>> Read(CancellationToken stop) =>
        Conversation is { } it ? await Screen.Read($"/v1/widget/conversations/{it}/timeline", stop) : [];

    public void Dispose()
    {
        Screen.Dispose();
        Line.Dispose();
    }

    /// <summary>Their own words, and what agents answer them; no note, and nothing of anybody else.</summary>
    private bool May(Mark mark) => mark.House == _house.Letter && mark.Inbox == _inbox && mark.Customer == _number && mark.Kind != 'n';

    private async Task<bool> Begin(CancellationToken stop)
    {
        Line.Bearer = null;
        var answer = await Line.Once(Line.At, HttpMethod.Post, "/v1/widget/sessions", new { inbox = _house.InboxOf(_inbox), resume = _resume }, TimeSpan.FromSeconds(4));
        if (answer is { Status: HttpStatusCode.Created })
        {
            (Line.Bearer, _resume) = (answer["token"], answer["resume"]);
            return true;
        }

        if (answer is not null)
        {
            _witness.Odd(Line.Name, $"{(int)answer.Status} to a session: {answer.Text}");
            _resume = null;
        }

        return false;
    }

    /// <summary>The store is of an earlier moment: what was told since may never have happened. A widget is told by its stream and drops what it kept.</summary>
    private void Restored()
    {
        if (_stage.Era == _era)
        {
            return;
        }

        _era = _stage.Era;
        _owed.Clear();
        var restores = _stage.Restores;
        _mine.RemoveAll(said => LogChecks.MayBeUndone(said, restores));
        if (_mine.Count == 0)
        {
            Conversation = null;
            Screen.View.Only(null);
        }
    }

    /// <summary>The first word opens the conversation; said again, it opens no other.</summary>
    private async Task Open(CancellationToken stop)
    {
        var said = New();
        if (await Tell(said, "/v1/widget/conversations", stop) is not { } answer)
        {
            return;
        }

        if (answer.Status is not (HttpStatusCode.Created or HttpStatusCode.OK))
        {
            _witness.Odd(Line.Name, $"{(int)answer.Status} to a first word: {answer.Text}");
            return;
        }

        Conversation = said.Conversation = answer["conversation.id"];
        Note(said, answer, answer["entry.seq"]);
        Screen.View.Only(Conversation);
        if (IsAway)
        {
            await Line.Ask(HttpMethod.Patch, "/v1/widget/me", new { email = Address }, stop);
        }

        if (answer.Era == _stage.Era && await Line.Once(Line.At + 1, HttpMethod.Post, "/v1/widget/conversations", Body(said), TimeSpan.FromSeconds(4)) is { Status: not HttpStatusCode.Unauthorized } again && answer.Era == _stage.Era)
        {
            _witness.Repeat();
            Same(said, again, again.Status == HttpStatusCode.OK && again["conversation.id"] == Conversation ? again["entry.seq"] : null);
        }
    }

    private async Task Some(CancellationToken stop)
    {
        var draw = _random.Next(100);
        if (draw < 15 && _mine.Count > 1)
        {
            await Again(_mine[_random.Next(1, _mine.Count)]);
        }
        else if (draw < 35)
        {
            // Gives up on it at once, and comes back to it later.
            var said = New();
            said.Tries++;
            var answer = await Line.Once(_random.Next(3), HttpMethod.Post, Messages, Body(said), TimeSpan.FromMilliseconds(_random.Next(1, 60)));
            Settle(said, answer);
        }
        else if (draw < 50)
        {
            // Several at once, each to a node of its own: they may come in any order.
            var few = new[] { New(), New(), New() };
            var answers = await Task.WhenAll(few.Select((said, i) => Line.Once(Line.At + i, HttpMethod.Post, Messages, Body(said), TimeSpan.FromSeconds(4))));
            foreach (var (said, answer) in few.Zip(answers))
            {
                said.Tries++;
                Settle(said, answer);
            }
        }
        else if (_owed.Count > 0 && draw < 75)
        {
            // The youngest first.
            var said = _owed[^1];
            Line.At++;
            if (await Tell(said, Messages, stop) is { } answer)
            {
                _owed.Remove(said);
                Settle(said, answer);
            }
        }
        else
        {
            var said = New();
            Settle(said, await Tell(said, Messages, stop));
        }
    }

    private async Task Again(Said said)
    {
        // What was confirmed by a store that is gone was dropped when it was.
        if (_era == _stage.Era && await Line.Once(Line.At + _random.Next(3), HttpMethod.Post, Messages, Body(said), TimeSpan.FromSeconds(4)) is { Status: not HttpStatusCode.Unauthorized } answer && _era == _stage.Era)
        {
            _witness.Repeat();
            Same(said, answer, answer.Status == HttpStatusCode.OK ? answer["seq"] : null);
        }
    }

    /// <summary>To a repeat comes what came the first time.</summary>
    private void Same(Said said, Heard answer, string? seq)
    {
        if (seq != $"{said.Seq}")
        {
            _witness.Find(new Finding(FindingKind.Doubled, $"{said.Mark} was confirmed as number {said.Seq}, and its repeat with {(int)answer.Status} {answer.Text}"));
        }
    }

    private async Task<Heard?> Tell(Said said, string path, CancellationToken stop)
    {
        said.Tries++;
        return await Line.Ask(HttpMethod.Post, path, Body(said), stop);
    }

    private void Settle(Said said, Heard? answer)
    {
        if (answer is { Status: HttpStatusCode.Created or HttpStatusCode.OK })
        {
            Note(said, answer, answer["seq"]);
        }
        else if (answer is null || answer.Status == HttpStatusCode.Unauthorized)
        {
            _owed.Add(said);
        }
        else if (answer.Status == HttpStatusCode.NotFound && _stage.Era != _era)
        {
            // The thread is gone with what was put back.
        }
        else
        {
            _witness.Odd(Line.Name, $"{(int)answer.Status} to a word: {answer.Text}");
        }
    }

    private void Note(Said said, Heard answer, string seq)
    {
        (said.Seq, said.Conversation, said.Acknowledged, said.Era) = (long.Parse(seq), Conversation, answer.At, answer.Era);
        _mine.Add(said);
        _witness.Serve(Line.Name);
    }

    private Said New() => _ledger.Open(new Mark(_house.Letter, _inbox, _number, 'w', _ledger.Next()), Line.Name, Conversation);

    private static object Body(Said said) => new { clientId = said.ClientId, content = new { type = "text", text = $"Is the sail ready? {said.Mark}" } };
}
