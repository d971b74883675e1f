using Parley.Emulators;
using Parley.Emulators.Generic;
using Parley.Tests.Cast;

namespace Parley.Specs.Channels;

/// <summary>A system that is connected by the generic channel: the one that the emulators play, as the spec drives it.</summary>
public sealed class GenericProvider : Provider
{
    private readonly Task<Emulator> _started = Emulator.Start();
    private Mood _mood = Mood.Takes;
    private string _address = "";
    private string _secret = "";
    private int _last;

    public GenericProvider() => Own.Took += heard => Hear(heard.Id, heard.To, heard.Text);

    /// <summary>What it calls what it takes from now on; null: it says nothing of that.</summary>
    public string? Names
    {
        get => Own.Names;
        set => Own.Names = value;
    }

    public override string Kind => "generic";

    public override object Settings => new { url = new Uri(Emulator.Address, "/generic/hook") };

    public override Mood Mood
    {
        get => _mood;
        set
        {
            _mood = value;
            Own.Faults.Clear();
            if (FaultOf(value) is { } kind)
            {
                Own.Faults.Add(new Fault(kind));
            }
        }
    }

    public override int Calls => Own.Calls;

    /// <summary>Where a person plays the customers.</summary>
    public Uri Page => Emulator.Address;

    /// <summary>The provider itself, for what only this one does.</summary>
    public GenericSystem Own => Emulator.Of<GenericSystem>();

    // A constructor cannot await; it listens in milliseconds.
    private Emulator Emulator => _started.GetAwaiter().GetResult();

    public override void Connect(string address, IReadOnlyDictionary<string, string> made, Clock clock) => (_address, _secret, Emulator.Clock.Real) = (address, made["secret"], clock);

    public override Task<Answer> Say(Caller caller, string? key, params Word[] words) => Tell(caller, key, Proof.Right, [.. words.Select(PieceOf)]);

    public override Task<Answer> Forge(Caller caller, bool old, Word word) => Tell(caller, null, old ? Proof.Old : Proof.Forged, PieceOf(word));

    public override Task<Answer> Mangle(Caller caller, Word good) => Tell(caller, "mangled", Proof.Right, new Bare(new { id = 7, from = "nobody" }), PieceOf(good));

    public override Task<Answer> Tell(Caller caller, string key, string message, string state) => Tell(caller, key, Proof.Right, new Receipt(key, message, state));

    public override Task<Answer> Flood(Caller caller) => Tell(caller, "flood", Proof.Right, new Bare(new { text = new string('x', 31 * 1024 * 1024) }));

    /// <summary>Anything, signed as it must be.</summary>
    public Task<Answer> Post(Caller caller, params object[] items) => Tell(caller, null, Proof.Right, [.. items.Select(item => new Bare(item))]);

    public override async ValueTask DisposeAsync() => await (await _started).DisposeAsync();

    private static Emulators.Word PieceOf(Word word) => new(word.Key, word.From, word.Text, word.Name, word.Answers);

    private static FaultKind? FaultOf(Mood mood) => mood switch
    {
        Mood.Throttles => FaultKind.Throttled,
        Mood.Down => FaultKind.Down,
        Mood.Refuses => FaultKind.Refused,
        Mood.WrongSettings => FaultKind.Unauthorized,
        Mood.TakesAndHangs => FaultKind.Lost,
        _ => null,
    };

    /// <summary>What a person types on the page of the emulators.</summary>
    public Dictionary<string, string> Fields(Uri house) => new() { ["address"] = new Uri(house, _address).ToString(), ["secret"] = _secret };

    private async Task<Answer> Tell(Caller caller, string? key, Proof proof, params Piece[] pieces)
    {
        Own.Connect(Fields(caller.Address));
        var reply = await Own.Send(key ?? $"request-{Interlocked.Increment(ref _last)}", pieces, proof);
        return new Answer(reply.Status, reply.Text, reply.Headers);
    }
}

public sealed class GenericChannelSpec : ChannelSpec
{
    protected override Provider Provider() => new GenericProvider();
}
