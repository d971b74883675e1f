using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Parley.Log;
using Parley.Platform;

namespace Parley.Workspaces;

/// <summary>From one time on the clock to another.</summary>
/// <param name="From">As in <c>09:00</c>.</param>
/// <param name="To">As in <c>17:30</c>, or <c>24:00</c>.</param>
/// <param name="NextDay">True where <paramref name="To"/> is meant on the day after; without it, it comes after <paramref name="From"/>.</param>
public sealed record ClockSpan(string From, string To, bool? NextDay = null);

/// <summary>Open every week on a day.</summary>
public sealed record WeekSpan(Day Day, string From, string To, bool? NextDay = null)
{
    [JsonIgnore]
    public ClockSpan Clock => new(From, To, NextDay);
}

/// <summary>One date on which the week does not count: a holiday, a longer evening.</summary>
/// <param name="Date">As in <c>2026-12-25</c>.</param>
/// <param name="Intervals">When it is open instead; empty: not at all.</param>
public sealed record SpecialDay(string Date, ImmutableArray<ClockSpan> Intervals);

/// <summary>Opening hours by the clock on the wall of a zone.</summary>
/// <param name="Zone">An IANA zone.</param>
/// <param name="Week">Several spans may stand on one day.</param>
public sealed record Timetable(string Zone, ImmutableArray<WeekSpan> Week, ImmutableArray<SpecialDay>? Exceptions = null);

/// <summary>When somebody is there: always, or by a timetable. On the wire <c>"always"</c>, or the timetable.</summary>
[JsonConverter(typeof(Wire))]
public sealed partial record Calendar(Timetable? Hours)
{
    private const string Ever = "always";

    public static readonly Calendar Always = new((Timetable?)null);

    /// <summary>Why it cannot be, with the fields named from <paramref name="path"/> on; null where it can.</summary>
    public Refusal? Flaw(string path)
    {
        if (Hours is not { } it)
        {
            return null;
        }

        if (!Workspaces.Hours.IsZone(it.Zone))
        {
            return new Refusal("zone.unknown", "A zone is written like Europe/Berlin, as in the IANA's list.", 400) { Errors = [new($"{path}.zone", "unknown", "There is no such zone.")] };
        }

        return null;
    }

    private sealed class Wire : JsonConverter<Calendar>
    {
        public override Calendar Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => reader.TokenType == JsonTokenType.String
            ? reader.ValueTextEquals(Ever) ? Always : throw new JsonException("Hours are \"always\" or a timetable.")
            : new(Timetable(ref reader, options));

        /// <summary>What is wrong is found by a reader of its own, which does not know within which field it reads: that is left to the outer one to say.</summary>
        private static Timetable Timetable(ref Utf8JsonReader reader, JsonSerializerOptions options)
        {
            try
            {
                return JsonSerializer.Deserialize<Timetable>(ref reader, options) ?? throw new JsonException("Hours are \"always\" or a timetable.");
            }
            catch (JsonException error) when (error.Path is not null)
            {
                throw new JsonException(error.Message, error);
            }
        }

        public override void Write(Utf8JsonWriter writer, Calendar value, JsonSerializerOptions options)
        {
            if (value.Hours is { } hours)
            {
                JsonSerializer.Serialize(writer, hours, options);
            }
            else
            {
                writer.WriteStringValue(Ever);
            }
        }
    }
}
