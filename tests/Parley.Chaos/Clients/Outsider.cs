using System.Collections.Concurrent;
using System.Net;
using Parley.Chaos.Proof;
using Parley.Chaos.Staging;

namespace Parley.Chaos.Clients;

/// <summary>
/// A system that is connected by the generic channel: tells what its customers say until it is told that it was kept, at times twice and to several nodes at once, and writes down everything
/// that it is sent, with the id under which it came.
/// </summary>
internal sealed class Outsider : IDisposable
{
    private const int Customers = 4;

    private readonly Stage _stage;
    private readonly Witness _witness;
    private readonly Ledger _ledger;
    private readonly House _house;
    private readonly Random _random;
    private readonly Line _line;
    private readonly ConcurrentQueue<(string Id, string To, string Text)> _heard = new();

    public Outsider(Stage stage, Witness witness, Ledger ledger, House house, int seed)
    {
        (_stage, _witness, _ledger, _house) = (stage, witness, ledger, house);
        _random = new Random(seed);
        _line = new Line(stage, witness, $"receiver of {house.Name}", May) { At = seed, Bearer = house.Token };
        house.Receiver.Took += heard =>
        {
            _heard.Enqueue((heard.Id, heard.To, heard.Text));
            witness.Look($"{_line.Name}, for {heard.To}", mark => May(mark) && $"{mark.Customer}" == heard.To, heard.Text);
        };
    }

    /// <summary>What it was sent, in the order in which it came, repeats too.</summary>
    public IReadOnlyCollection<(string Id, string To, string Text)> Heard => _heard;

    public async Task Tell(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await One(1 + _random.Next(Customers), stop);
            await Line.Pause(_random.Next(100, 300), stop);
        }
    }

    public void Dispose() => _line.Dispose();

    private bool May(Mark mark) => mark.House == _house.Letter && mark.Inbox == 'c' && mark.Kind != 'n';

    private async Task One(int customer, CancellationToken stop)
    {
        var said = _ledger.Open(new Mark(_house.Letter, 'c', customer, 'w', _ledger.Next()), _line.Name);
        var path = $"/v1/channels/{_house.Channel}/inbound";
        object body = new { id = said.ClientId, from = new { id = $"{customer}", name = $"Ana {customer}" }, text = $"Where is it? {said.Mark}" };
        said.Tries++;
        if (_random.Next(4) == 0)
        {
            await Task.WhenAll(_line.Once(_line.At + 1, HttpMethod.Post, path, body, TimeSpan.FromMilliseconds(_random.Next(1, 60))), _line.Once(_line.At + 2, HttpMethod.Post, path, body, TimeSpan.FromSeconds(4)));
        }

        var answer = await _line.Ask(HttpMethod.Post, path, body, stop, renews: false);
        if (answer is { Status: HttpStatusCode.OK })
        {
            (said.Acknowledged, said.Era) = (answer.At, answer.Era);
            _witness.Serve(_line.Name);
        }
        else if (answer is not null)
        {
            _witness.Odd(_line.Name, $"{(int)answer.Status} to what a customer said: {answer.Text}");
        }
    }
}
