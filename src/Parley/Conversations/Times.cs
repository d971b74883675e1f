using System.Globalization;
using NodaTime;
using Parley.Contacts;

namespace Parley.Conversations;

/// <summary>Times as people say them, in the languages that Parley speaks. Rounded up: nobody is told that it takes 37 minutes.</summary>
internal static class Times
{
    private static readonly Dictionary<string, string[]> Days = new()
    {
        ["en"] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"],
        ["de"] = ["Montag", "Dienstag", "Mittwoch", "Donnerstag", "Freitag", "Samstag", "Sonntag"],
        ["nl"] = ["maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag"],
        ["es"] = ["lunes", "martes", "miércoles", "jueves", "viernes", "sábado", "domingo"],
    };

    private static readonly Dictionary<string, string[]> Months = new()
    {
        ["en"] = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"],
        ["de"] = ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"],
        ["nl"] = ["januari", "februari", "maart", "april", "mei", "juni", "juli", "augustus", "september", "oktober", "november", "december"],
        ["es"] = ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"],
    };

    /// <summary>Within how long: <c>usually within a day</c>; where it is reckoned, <c>in about 10 minutes</c>.</summary>
    public static string Within(string language, TimeSpan takes, bool about)
    {
        var (count, unit) = Round(takes);
        var much = (language, unit, count) switch
        {
            ("de", 'm', 1) => "einer Minute",
            ("de", 'm', _) => $"{count} Minuten",
            ("de", 'h', 1) => "einer Stunde",
            ("de", 'h', _) => $"{count} Stunden",
            ("de", _, 1) => about ? "einem Tag" : "eines Tages",
            ("de", _, _) => $"{count} Tagen",
            ("nl", 'm', 1) => "een minuut",
            ("nl", 'm', _) => $"{count} minuten",
            ("nl", 'h', 1) => "een uur",
            ("nl", 'h', _) => $"{count} uur",
            ("nl", _, 1) => "een dag",
            ("nl", _, _) => $"{count} dagen",
            ("es", 'm', 1) => "un minuto",
            ("es", 'm', _) => $"{count} minutos",
            ("es", 'h', 1) => "una hora",
            ("es", 'h', _) => $"{count} horas",
            ("es", _, 1) => "un día",
            ("es", _, _) => $"{count} días",
            (_, 'm', 1) => "a minute",
            (_, 'm', _) => $"{count} minutes",
            (_, 'h', 1) => "an hour",
            (_, 'h', _) => $"{count} hours",
            (_, _, 1) => "a day",
            _ => $"{count} days",
        };
        return (language, about) switch
        {
            ("de", true) => $"in etwa {much}",
            ("de", false) => $"meist innerhalb {(count == 1 ? Genitive(unit) : "von " + much)}",
            ("nl", true) => $"over ongeveer {much}",
            ("nl", false) => $"meestal binnen {much}",
            ("es", true) => $"en aproximadamente {much}",
            ("es", false) => $"normalmente en {much}",
            (_, true) => $"in about {much}",
            _ => $"usually within {much}",
        };
    }

    /// <summary>By when: <c>by 16:30</c> today, <c>by Monday, 10:00</c> within the week, else with the date.</summary>
    /// <param name="due">As it is said: rounded up already.</param>
    public static string By(string language, LocalDateTime due, LocalDateTime now)
    {
        var clock = due.ToString("HH:mm", CultureInfo.InvariantCulture);
        var ahead = Period.DaysBetween(now.Date, due.Date);
        var day = ahead == 0 ? null : ahead < 7 ? Days[language][(int)due.DayOfWeek - 1] : Date(language, due.Date);
        return (language, day) switch
        {
            ("de", null) => $"bis {clock} Uhr",
            ("de", _) => ahead < 7 ? $"bis {day}, {clock} Uhr," : $"bis zum {day}, {clock} Uhr,",
            ("nl", null) => $"uiterlijk om {clock} uur",
            ("nl", _) => $"uiterlijk {day} om {clock} uur",
            ("es", null) => $"antes de las {clock}",
            ("es", _) => $"antes del {day} a las {clock}",
            (_, null) => $"by {clock}",
            _ => $"by {day}, {clock}",
        };
    }

    private static string Genitive(char unit) => unit switch { 'm' => "einer Minute", 'h' => "einer Stunde", _ => "eines Tages" };

    private static string Date(string language, LocalDate date)
    {
        var month = Months[language][date.Month - 1];
        return language switch { "de" => $"{date.Day}. {month}", "es" => $"{date.Day} de {month}", _ => $"{date.Day} {month}" };
    }

    private static (int Count, char Unit) Round(TimeSpan takes) => AnswerTime.Spoken(takes) switch
    {
        { TotalMinutes: <= 45 and var minutes } => ((int)minutes, 'm'),
        { TotalHours: <= 20 and var hours } => ((int)hours, 'h'),
        var days => ((int)days.TotalDays, 'd'),
    };
}
