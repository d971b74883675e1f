using System.Net;
using System.Text.Json;
using Parley.Chaos.Proof;
using Parley.Chaos.Staging;

namespace Parley.Chaos.Clients;

/// <summary>
/// An agent at the console, who answers whatever stands in the list, writes notes, closes, and looks into threads. What they wrote and were not told of they send again under the same id.
/// An agent without an inbox tries to look into it all the same.
/// </summary>
internal sealed class Clerk : IDisposable
{
    private const int MostOpen = 4;

    private readonly Stage _stage;
    private readonly Witness _witness;
    private readonly Ledger _ledger;
    private readonly House _house;
    private readonly string _agent;
    private readonly Random _random;
    private readonly List<(Said Said, string Path, object Body)> _mine = [];
    private int _era;

    public Clerk(Stage stage, Witness witness, Ledger ledger, House house, string agent, int seed)
    {
        (_stage, _witness, _ledger, _house, _agent) = (stage, witness, ledger, house, agent);
        _random = new Random(seed);
        Line = new Line(stage, witness, $"{agent} of {house.Name}", mark => mark.House == house.Letter && (SeesAll || mark.Inbox != 'p')) { At = seed, Renew = SignIn };
        Screen = new Screen(stage, witness, Line, agent: true);
    }

    public Line Line { get; }

    public Screen Screen { get; }

    public bool SeesAll => _agent == "kim";

    /// <summary>Threads of an inbox that is not open to them, which they try to see into.</summary>
    public Func<string?> Forbidden { get; init; } = () => null;

    public async Task Work(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            if (_stage.Era != _era)
            {
                _era = _stage.Era;
                _mine.Clear();
            }

            if (Screen.View.Rows is { Count: > 0 } rows)
            {
                await One(rows[_random.Next(rows.Count)], stop);
            }

            await Line.Pause(_random.Next(80, 250), stop);
        }
    }

    public void Dispose()
    {
        Screen.Dispose();
        Line.Dispose();
    }

    private async Task One(JsonElement row, CancellationToken stop)
    {
        if (Mark.In(row.GetRawText()).FirstOrDefault() is not { Number: > 0 } known)
        {
            return;
        }

        var id = row.GetProperty("id").GetString()!;
        var draw = _random.Next(100);
        if (draw < 10 && _mine.Count > 0)
        {
            await Again(_mine[_random.Next(_mine.Count)]);
        }
        else if (draw < 15 && Screen.View.Threads.Count < MostOpen)
        {
            await Screen.Open(id);
        }
        else if (draw < 20 && Forbidden() is { } hidden)
        {
            await Screen.Open(hidden);
            await Line.Once(Line.At, HttpMethod.Get, $"/v1/conversations/{hidden}/timeline?after=0", null, TimeSpan.FromSeconds(4));
        }
        else if (draw < 23)
        {
            // Who is away and follows it is told of it on their devices; of the quay's it is refused.
            await Line.Once(Line.At, HttpMethod.Put, $"/v1/conversations/{id}/followers/{_house.Ola.Id}", null, TimeSpan.FromSeconds(4));
        }
        else if (draw < 27)
        {
            await Line.Once(Line.At, HttpMethod.Put, $"/v1/conversations/{id}/closure", null, TimeSpan.FromSeconds(4));
        }
        else if (draw < 40)
        {
            var said = _ledger.Open(known with { Kind = 'n', Number = _ledger.Next() }, Line.Name, id);
            await Say(said, $"/v1/conversations/{id}/notes", new { clientId = said.ClientId, text = $"She is in a hurry. {said.Mark}" }, stop);
        }
        else
        {
            var said = _ledger.Open(known with { Kind = 'a', Number = _ledger.Next() }, Line.Name, id);
            await Say(said, $"/v1/conversations/{id}/messages", new { clientId = said.ClientId, content = new { type = "text", text = $"It is on its way. {said.Mark}" } }, stop);
        }
    }

    private async Task Say(Said said, string path, object body, CancellationToken stop)
    {
        if (_random.Next(5) == 0)
        {
            // Not waited for: the same again follows.
            said.Tries++;
            await Line.Once(Line.At + 1, HttpMethod.Post, path, body, TimeSpan.FromMilliseconds(_random.Next(1, 40)));
        }

        said.Tries++;
        var answer = await Line.Ask(HttpMethod.Post, path, body, stop);
        if (answer is { Status: HttpStatusCode.Created or HttpStatusCode.OK })
        {
            (said.Seq, said.Acknowledged, said.Era) = (long.Parse(answer["seq"]), answer.At, answer.Era);
            _mine.Add((said, path, body));
            _witness.Serve(Line.Name);
        }
        else if (answer is not null && !(answer.Status == HttpStatusCode.NotFound && _stage.Restores.Count > 0))
        {
            _witness.Odd(Line.Name, $"{(int)answer.Status} to {said.Mark}: {answer.Text}");
        }
    }

    private async Task Again((Said Said, string Path, object Body) one)
    {
        var era = _stage.Era;
        if (await Line.Once(Line.At + 1, HttpMethod.Post, one.Path, one.Body, TimeSpan.FromSeconds(4)) is { Status: not HttpStatusCode.Unauthorized } answer && era == _stage.Era && era == _era)
        {
            _witness.Repeat();
            if (answer.Status != HttpStatusCode.OK || answer["seq"] != $"{one.Said.Seq}")
            {
                _witness.Find(new Finding(FindingKind.Doubled, $"{one.Said.Mark} was confirmed as number {one.Said.Seq}, and its repeat with {(int)answer.Status} {answer.Text}"));
            }
        }
    }

    private async Task<bool> SignIn(CancellationToken stop)
    {
        Line.Cookie = null;
        var answer = await Line.Once(Line.At, HttpMethod.Post, "/v1/session", new { email = _house.Mail(_agent), password = House.Password }, TimeSpan.FromSeconds(8));
        if (answer is { Status: HttpStatusCode.Created } && Line.Given is { } cookie)
        {
            Line.Cookie = cookie;
            return true;
        }

        if (answer is not null)
        {
            _witness.Odd(Line.Name, $"{(int)answer.Status} to a sign-in: {answer.Text}");
        }

        return false;
    }
}
