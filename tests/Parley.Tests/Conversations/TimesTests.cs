using NodaTime;
using Parley.Conversations;
using Shouldly;

namespace Parley.Tests.Conversations;

public class TimesTests
{
    private static readonly LocalDateTime Now = new(2026, 3, 2, 12, 0);

    [Theory]
    [InlineData("en", 37, true, "in about 45 minutes")]
    [InlineData("en", 8, true, "in about 10 minutes")]
    [InlineData("en", 24 * 60, false, "usually within a day")]
    [InlineData("en", 95, false, "usually within 2 hours")]
    [InlineData("de", 8, true, "in etwa 10 Minuten")]
    [InlineData("de", 24 * 60, false, "meist innerhalb eines Tages")]
    [InlineData("de", 95, false, "meist innerhalb von 2 Stunden")]
    [InlineData("nl", 60, false, "meestal binnen een uur")]
    [InlineData("nl", 3 * 24 * 60, false, "meestal binnen 3 dagen")]
    [InlineData("es", 8, true, "en aproximadamente 10 minutos")]
    [InlineData("es", 24 * 60, false, "normalmente en un día")]
    public void How_long_it_takes_is_rounded_up(string language, int minutes, bool about, string said) => Times.Within(language, TimeSpan.FromMinutes(minutes), about).ShouldBe(said);

    [Theory]
    [InlineData("en", 0, 4, 30, "by 16:30")]
    [InlineData("en", 0, 0, 35, "by 12:35")]
    [InlineData("en", 1, 0, 0, "by Tuesday, 12:00")]
    [InlineData("en", 10, 0, 0, "by 12 March, 12:00")]
    [InlineData("de", 0, 4, 30, "bis 16:30 Uhr")]
    [InlineData("de", 1, 0, 0, "bis Dienstag, 12:00 Uhr,")]
    [InlineData("de", 10, 0, 0, "bis zum 12. März, 12:00 Uhr,")]
    [InlineData("nl", 1, 0, 0, "uiterlijk dinsdag om 12:00 uur")]
    [InlineData("es", 1, 0, 0, "antes del martes a las 12:00")]
    [InlineData("es", 10, 0, 0, "antes del 12 de marzo a las 12:00")]
    public void By_when_is_said_with_the_day_where_it_is_not_today(string language, int days, int hours, int minutes, string said) =>
        Times.By(language, Now.PlusDays(days).PlusHours(hours).PlusMinutes(minutes), Now).ShouldBe(said);
}
