using System.Text;
using System.Text.Json;

namespace Parley.Log;

/// <summary>What a timeline is about. The log knows its kind only by name (<c>conversation</c>, <c>contact</c>, …).</summary>
/// <param name="Kind">The name under which a <see cref="SubjectKind"/> is registered.</param>
/// <param name="Id">The value of its id; unique over all kinds.</param>
public readonly record struct Subject(string Kind, Guid Id)
{
    public byte[] Bytes => Id.ToByteArray(bigEndian: true);

    public override string ToString() => $"{Kind}:{Id:N}";
}

/// <summary>
/// One kind of subject: how its state begins, how an entry changes it, how a command is decided. All three are pure.
/// Registered once, in the product's catalog.
/// </summary>
public abstract class SubjectKind(string name, int fold)
{
    public string Name { get; } = name;

    /// <summary>The number of the code that folds. Raise it with every change of the state's shape or of Apply: stored states of another number are folded anew.</summary>
    public int Fold { get; } = fold;

    public abstract object Empty { get; }

    public abstract object Apply(object state, Entry entry);

    public abstract Decision Decide(object state, Command command, Deciding deciding);

    /// <summary>When the state wants to be woken next; null when nothing is due.</summary>
    public abstract DateTimeOffset? Due(object state);

    /// <summary>The command that wakes a subject of this kind.</summary>
    public abstract Command? WakeCommand(Subject subject, Origin origin);

    public abstract void Write(Utf8JsonWriter writer, object state);

    /// <summary>A state as JSON text.</summary>
    public string Write(object state) => Encoding.UTF8.GetString(Platform.Json.Bytes((Kind: this, State: state), static (writer, it) => it.Kind.Write(writer, it.State)));

    public abstract object Read(string json);
}

/// <inheritdoc/>
public abstract class SubjectKind<TState>(string name, int fold) : SubjectKind(name, fold)
    where TState : class
{
    public sealed override object Empty => Initial;

    protected abstract TState Initial { get; }

    public sealed override object Apply(object state, Entry entry) => Apply((TState)state, entry);

    public sealed override Decision Decide(object state, Command command, Deciding deciding) => Decide((TState)state, command, deciding);

    public sealed override DateTimeOffset? Due(object state) => Due((TState)state);

    public override Command? WakeCommand(Subject subject, Origin origin) => null;

    public sealed override void Write(Utf8JsonWriter writer, object state) => JsonSerializer.Serialize(writer, (TState)state, Platform.Json.Options);

    public sealed override object Read(string json) =>
        JsonSerializer.Deserialize<TState>(json, Platform.Json.Options) ?? throw new InvalidDataException($"An empty state of kind {Name}.");

    protected abstract TState Apply(TState state, Entry entry);

    protected abstract Decision Decide(TState state, Command command, Deciding deciding);

    protected virtual DateTimeOffset? Due(TState state) => null;
}

/// <summary>What a decision may look at besides the state: the time, who asks, and the states of the command's other subjects.</summary>
/// <param name="Now">The server's time, the same for the whole command.</param>
/// <param name="Seq">The number of the subject's last entry; 0 when the subject does not exist yet.</param>
/// <param name="Others">The states of <see cref="Command.Others"/>, with their last seq (0: does not exist).</param>
public sealed record Deciding(DateTimeOffset Now, long Seq, IReadOnlyDictionary<Subject, (object State, long Seq)> Others)
{
    public (T State, long Seq) Other<T>(Subject subject)
        where T : class
    {
        var (state, seq) = Others[subject];
        return ((T)state, seq);
    }
}
