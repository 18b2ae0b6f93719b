"""What agents type into the search of categories, in a word or two of dialect, Arabizi or English: and what they mean.

Written for this table, from nothing that the assistant learns or is measured by elsewhere.
"""

MEANT = {
    "ليتات": "power.street-light",
    "عمود نور خربان": "power.street-light",
    "zbala": "waste.collection",
    "درام زبالة مكسور": "waste.container",
    "بيب مكسور": "water.leak",
    "bib maksoor": "water.leak",
    "الماي ضعيف": "water.outage",
    "ماي اصفر": "water.quality",
    "حفره": "road.pothole",
    "نقره بالشارع": "road.pothole",
    "بلاعة تفور": "drain.sewage-overflow",
    "غطا منهول": "drain.manhole",
    "سيول مطر": "drain.rainwater",
    "سيغنال": "road.traffic-light",
    "مطبات": "road.hump",
    "سيارة سكراب واقفة": "mun.abandoned-vehicle",
    "جلاب": "mun.stray-animals",
    "فيران": "mun.pests",
    "صراصير": "mun.pests",
    "قص شير": "mun.trees",
    "عزوبية ساكنين بينا": "mun.illegal-housing",
    "kahraba ga63a": "power.outage",
    "بل الكهربا غالي": "utility.bill",
    "معاش متاخر": "work.unpaid-wages",
    "جوازي": "npra.passport",
    "ليسن سياقة": "traffic.licence",
    "مخالفة رادار": "traffic.fine",
    "دكتور اسنان خاص": "health.private-clinic",
    "اكل خايس بمطعم": "health.food-safety",
    "باص المدرسة": "edu.school-bus",
}
