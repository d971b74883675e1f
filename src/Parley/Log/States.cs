using System.Collections.Concurrent;
using System.Text.Json;
using Parley.Platform.Store;

namespace Parley.Log;

/// <summary>A subject's state as of its last entry, with what numbering the next one needs. Immutable; replaced only after a commit.</summary>
/// <param name="At">The time of the last entry: the next one is never earlier.</param>
/// <param name="LastPublic">The seq of the last public entry, which the next public one names in <c>prev</c>.</param>
/// <param name="Armed">When the subject's wake-up row fires; null when it has none.</param>
public sealed record Versioned(WorkspaceId Workspace, long Seq, DateTimeOffset At, long LastPublic, DateTimeOffset? Armed, object State)
{
    internal Utf8 Json(SubjectKind kind) => new(Platform.Json.Bytes((It: this, Kind: kind), static (writer, row) =>
    {
        writer.WriteStartObject();
        writer.WriteNumber("at"u8, row.It.At.ToUnixTimeMilliseconds());
        writer.WriteNumber("pub"u8, row.It.LastPublic);
        if (row.It.Armed is { } due)
        {
            writer.WriteNumber("armed"u8, due.ToUnixTimeMilliseconds());
        }
        else
        {
            writer.WriteNull("armed"u8);
        }

        writer.WritePropertyName("state"u8);
        row.Kind.Write(writer, row.It.State);
        writer.WriteEndObject();
    }));

    internal static Versioned Read(WorkspaceId workspace, long seq, string json, SubjectKind kind)
    {
        using var document = JsonDocument.Parse(json);
        var root = document.RootElement;
        var armed = root.GetProperty("armed");
        return new(
            workspace,
            seq,
            DateTimeOffset.FromUnixTimeMilliseconds(root.GetProperty("at").GetInt64()),
            root.GetProperty("pub").GetInt64(),
            armed.ValueKind == JsonValueKind.Null ? null : DateTimeOffset.FromUnixTimeMilliseconds(armed.GetInt64()),
            kind.Read(root.GetProperty("state").GetRawText()));
    }

    internal static Versioned New(WorkspaceId workspace, SubjectKind kind) => new(workspace, 0, DateTimeOffset.MinValue, 0, null, kind.Empty);

    internal Versioned With(SubjectKind kind, Entry entry) => this with
    {
        Seq = entry.Seq,
        At = entry.At,
        LastPublic = entry.Visibility == Visibility.Public ? entry.Seq : LastPublic,
        State = kind.Apply(State, entry),
    };
}

/// <summary>
/// States that were in use lately. Two generations: what is touched moves to the young one; when that is full, the old one is let go.
/// Trusted only where nobody else can have written meanwhile, else compared with the version in the store.
/// </summary>
internal sealed class StateCache(int capacity)
{
    private readonly Lock _gate = new();
    private long _age;
    private ConcurrentDictionary<Subject, Versioned> _young = new();
    private ConcurrentDictionary<Subject, Versioned> _old = new();

    public Versioned? Find(Subject subject)
    {
        if (_young.TryGetValue(subject, out var state))
        {
            return state;
        }

        lock (_gate)
        {
            if (!_young.TryGetValue(subject, out state) && _old.TryGetValue(subject, out state))
            {
                Keep(subject, state);
            }

            return state;
        }
    }

    public void Keep(Subject subject, Versioned state)
    {
        lock (_gate)
        {
            _young[subject] = state;
            if (_young.Count > capacity)
            {
                _old = _young;
                _young = new();
            }
        }
    }

    /// <summary>Keeps what is newer than what is known.</summary>
    public void Advance(Subject subject, Versioned state)
    {
        lock (_gate)
        {
            if (Find(subject) is not { } known || known.Seq < state.Seq)
            {
                Keep(subject, state);
            }
        }
    }

    /// <summary>Rises with every commit.</summary>
    public long Age => Volatile.Read(ref _age);

    /// <summary>From now on what was read before counts as old.</summary>
    public void Grow()
    {
        lock (_gate)
        {
            _age++;
        }
    }

    /// <summary>Keeps what was read outside of a transaction, unless something was committed since.</summary>
    /// <param name="age">The age before it was read.</param>
    public void Keep(Subject subject, Versioned state, long age)
    {
        lock (_gate)
        {
            if (age == _age)
            {
                Keep(subject, state);
            }
        }
    }

    public void Clear()
    {
        lock (_gate)
        {
            Grow();
            (_young, _old) = (new(), new());
        }
    }
}

/// <summary>All kinds of subjects, by name.</summary>
public sealed class SubjectKinds(IEnumerable<SubjectKind> kinds)
{
    private readonly Dictionary<string, SubjectKind> _byName = kinds.ToDictionary(kind => kind.Name);

    public SubjectKind this[string name] => _byName[name];

    public IReadOnlyCollection<SubjectKind> All => _byName.Values;
}
