using Parley.Log;

namespace Parley.Tests.Simulation;

/// <summary>A line in a client's own ledger: what it wants, and what it was told. It asks with the same id until it is told something final.</summary>
internal class Wish(Command command)
{
    private readonly List<ValueTask<Outcome>> _asked = [];

    public Command Command { get; } = command;

    public Outcome? Told { get; private set; }

    public bool Settled => Told is not null;

    /// <summary>Asked and not answered, as far as the client has not lost patience.</summary>
    public bool Waiting { get; private set; }

    public void Ask(Desk desk)
    {
        Waiting = true;
        _asked.Add(desk.Handle(Command).Preserve());
    }

    /// <summary>The connection broke: whatever the answer will be, the client does not hear it, and asks again.</summary>
    public void LosePatience()
    {
        Waiting = false;
        _asked.Clear();
    }

    /// <summary>Reads what has come. An answer of 500 or 503 is none: the client asks again.</summary>
    public async Task Listen()
    {
        foreach (var asked in _asked.Where(asked => asked.IsCompleted).ToList())
        {
            _asked.Remove(asked);
            var outcome = await asked;
            if (outcome.Refusal?.Status is not (500 or 503))
            {
                Told ??= outcome;
            }
        }

        Waiting = _asked.Count > 0;
    }
}
